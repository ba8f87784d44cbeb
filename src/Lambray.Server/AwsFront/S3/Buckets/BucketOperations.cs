using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Buckets;

/// <summary>CreateBucket, HeadBucket, GetBucketLocation, ListBuckets, DeleteBucket.</summary>
static class BucketOperations
{
    const int MaxBucketsDefault = 10_000;

    public static async Task CreateBucket(HttpContext http)
    {
        using var body = await SmallBody.Read(http);
        var request = body.Length == 0 ? null : S3Xml.Parse(body, "CreateBucketConfiguration");
        var headers = http.Request.Headers;
        var settings = NewBucketSettings.Read(headers, request);
        var bucket = await Buckets(http).CreateBucket(
            http.GetS3Target().Bucket, request?.Text("LocationConstraint"), headers["x-amz-bucket-object-lock-enabled"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase));
        await settings.Put(http, bucket.Name);
        http.Response.Headers.Location = $"/{bucket.Name}";
        http.Response.Headers["x-amz-bucket-arn"] = bucket.Arn.ToString();
    }

    public static Task HeadBucket(HttpContext http)
    {
        http.Response.Headers["x-amz-bucket-region"] = Buckets(http).GetBucket(http.GetS3Target().Bucket).Region;
        http.Response.Headers["x-amz-access-point-alias"] = "false";
        return Task.CompletedTask;
    }

    public static Task GetBucketLocation(HttpContext http)
    {
        var region = Buckets(http).GetBucket(http.GetS3Target().Bucket).Region;
        return http.WriteXml(S3Xml.Element("LocationConstraint", region == "us-east-1" ? null : region));
    }

    public static Task ListBuckets(HttpContext http)
    {
        var query = http.Request.Query;
        var (prefix, after, region) = (query["prefix"].ToString(), query["continuation-token"].ToString(), query["bucket-region"].ToString());
        var max = MaxBuckets(query["max-buckets"]);
        var matching = Buckets(http).ListBuckets()
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0)
            .Where(bucket => region.Length == 0 || bucket.Region == region).ToList();
        var root = S3Xml.Element(
            "ListAllMyBucketsResult",
            S3Xml.Owner(http.RequestServices.GetRequiredService<AwsHome>()),
            S3Xml.Element("Buckets", matching.Take(max).Select(bucket => S3Xml.Element(
                "Bucket",
                S3Xml.Element("Name", bucket.Name), S3Xml.Element("CreationDate", S3Xml.Date(bucket.CreationDate)),
                S3Xml.Element("BucketRegion", bucket.Region))).ToArray<object>()));
        if (prefix.Length > 0) root.Add(S3Xml.Element("Prefix", prefix));
        if (matching.Count > max) root.Add(S3Xml.Element("ContinuationToken", matching[max - 1].Name));
        return http.WriteXml(root);
    }

    public static async Task DeleteBucket(HttpContext http)
    {
        await Buckets(http).DeleteBucket(http.GetS3Target().Bucket);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    static int MaxBuckets(string? text)
    {
        if (text is null) return MaxBucketsDefault;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var max) && max is >= 1 and <= MaxBucketsDefault
            ? max
            : throw S3Errors.InvalidArgument($"Argument max-buckets must be an integer between 1 and {MaxBucketsDefault}");
    }

    static BucketStore Buckets(HttpContext http) => http.Service<BucketStore>();
}
