using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3;

/// <summary>Which operation a request asks for: S3 tells them apart by method, by bucket or key, and by names in the query.</summary>
static class S3Operations
{
    /// <exception cref="AwsException">NotImplemented, naming the operation; MethodNotAllowed for what S3 does not have either.</exception>
    public static RequestDelegate Find(HttpRequest request, S3Target target)
    {
        if (target.Key.Length > 0) return FindForObject(request);
        return target.Bucket.Length > 0 ? FindForBucket(request) : FindForAccount(request);
    }

    static RequestDelegate FindForAccount(HttpRequest request) => request.Method switch
    {
        "GET" => BucketOperations.ListBuckets,
        _ => throw NotAllowed(request, "SERVICE"),
    };

    static RequestDelegate FindForBucket(HttpRequest request)
    {
        MissingOperations.Refuse(request, ofObject: false);
        return request.Method switch
        {
            "GET" when request.Query.ContainsKey("location") => BucketOperations.GetBucketLocation,
            "GET" when request.Query["list-type"] == "2" => ListingOperations.ListObjectsV2,
            "GET" => ListingOperations.ListObjects,
            "HEAD" => BucketOperations.HeadBucket,
            "PUT" => BucketOperations.CreateBucket,
            "DELETE" => BucketOperations.DeleteBucket,
            "POST" when request.Query.ContainsKey("delete") => DeleteOperations.DeleteObjects,
            "POST" when request.HasFormContentType => throw MissingOperations.NotImplemented("PostObject"),
            _ => throw NotAllowed(request, "BUCKET"),
        };
    }

    static RequestDelegate FindForObject(HttpRequest request)
    {
        MissingOperations.Refuse(request, ofObject: true);
        return request.Method switch
        {
            "GET" or "HEAD" => ReadOperations.GetObject,
            "PUT" when request.Headers.ContainsKey("x-amz-copy-source") => WriteOperations.CopyObject,
            "PUT" => WriteOperations.PutObject,
            "DELETE" => DeleteOperations.DeleteObject,
            _ => throw NotAllowed(request, "OBJECT"),
        };
    }

    static AwsException NotAllowed(HttpRequest request, string resourceType) => new(
        "MethodNotAllowed", 405, $"The specified method is not allowed against this resource: {request.Method} on {resourceType}.");
}
