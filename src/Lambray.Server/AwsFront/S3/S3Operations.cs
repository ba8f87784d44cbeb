using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3;

/// <summary>Which operation a request asks for: S3 tells them apart by method, by bucket or key, and by names in the query.</summary>
static class S3Operations
{
    /// <exception cref="AwsException">NotImplemented, naming the operation; MethodNotAllowed for what S3 does not have either.</exception>
    public static S3Operation Find(HttpRequest request, S3Target target)
    {
        if (target.Key.Length > 0) return FindForObject(request);
        return target.Bucket.Length > 0 ? FindForBucket(request) : FindForAccount(request);
    }

    static S3Operation FindForAccount(HttpRequest request) => request.Method switch
    {
        "GET" => new("ListBuckets", BucketOperations.ListBuckets),
        _ => throw NotAllowed(request, "SERVICE"),
    };

    static S3Operation FindForBucket(HttpRequest request)
    {
        MissingOperations.Refuse(request, ofObject: false);
        return request.Method switch
        {
            "GET" when request.Query.ContainsKey("location") => new("GetBucketLocation", BucketOperations.GetBucketLocation),
            "GET" when request.Query["list-type"] == "2" => new("ListObjectsV2", ListingOperations.ListObjectsV2),
            "GET" => new("ListObjects", ListingOperations.ListObjects),
            "HEAD" => new("HeadBucket", BucketOperations.HeadBucket),
            "PUT" => new("CreateBucket", BucketOperations.CreateBucket),
            "DELETE" => new("DeleteBucket", BucketOperations.DeleteBucket),
            "POST" when request.Query.ContainsKey("delete") => new("DeleteObjects", DeleteOperations.DeleteObjects),
            "POST" when request.HasFormContentType => throw MissingOperations.NotImplemented("PostObject"),
            _ => throw NotAllowed(request, "BUCKET"),
        };
    }

    static S3Operation FindForObject(HttpRequest request)
    {
        MissingOperations.Refuse(request, ofObject: true);
        return request.Method switch
        {
            "GET" => new("GetObject", ReadOperations.GetObject),
            "HEAD" => new("HeadObject", ReadOperations.GetObject),
            "PUT" when request.Headers.ContainsKey("x-amz-copy-source") => new("CopyObject", WriteOperations.CopyObject),
            "PUT" => new("PutObject", WriteOperations.PutObject),
            "DELETE" => new("DeleteObject", DeleteOperations.DeleteObject),
            _ => throw NotAllowed(request, "OBJECT"),
        };
    }

    static AwsException NotAllowed(HttpRequest request, string resourceType) => new(
        "MethodNotAllowed", 405, $"The specified method is not allowed against this resource: {request.Method} on {resourceType}.");
}

/// <param name="Name">As the S3 API reference has it.</param>
sealed record S3Operation(string Name, RequestDelegate Serve);
