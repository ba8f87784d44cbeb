using Lambray.Aws;

namespace Lambray.Resources.S3;

/// <summary>The refusals of S3, with the texts that AWS gives them.</summary>
public static class S3Errors
{
    public static AwsException NoSuchBucket(string bucket) => new("NoSuchBucket", 404, "The specified bucket does not exist") { Resource = bucket };

    public static AwsException NoSuchKey(string key) => new("NoSuchKey", 404, "The specified key does not exist.") { Resource = key };

    /// <summary>What is current is a delete marker.</summary>
    public static AwsException NoSuchKey(string key, StoredObject marker) =>
        new("NoSuchKey", 404, "The specified key does not exist.") { Resource = key, Headers = MarkerHeaders(marker) };

    /// <summary>A delete marker was asked for by its version: it can only be deleted.</summary>
    public static AwsException DeleteMarkerNotAllowed(StoredObject marker) =>
        new("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
        {
            Resource = marker.Key,
            Headers = [("Allow", "DELETE"), .. MarkerHeaders(marker)],
        };

    public static AwsException NoSuchVersion(string key, string version) =>
        new("NoSuchVersion", 404, $"The specified version does not exist: {version}") { Resource = key };

    public static AwsException BucketNotEmpty(string bucket) =>
        new("BucketNotEmpty", 409, "The bucket you tried to delete is not empty") { Resource = bucket };

    public static AwsException BucketAlreadyOwned(string bucket) => new(
        "BucketAlreadyOwnedByYou", 409, "Your previous request to create the named bucket succeeded and you already own it.")
    { Resource = bucket };

    public static AwsException InvalidBucketName(string bucket) => new("InvalidBucketName", 400, "The specified bucket is not valid.") { Resource = bucket };

    public static AwsException InvalidLocation() => new("InvalidLocationConstraint", 400, "The specified location-constraint is not valid");

    public static AwsException KeyTooLong() => new("KeyTooLongError", 400, "Your key is too long");

    public static AwsException PreconditionFailed() =>
        new("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");

    public static AwsException MetadataTooLarge() =>
        new("MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size");

    public static AwsException EntityTooLarge() => new("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size");

    public static AwsException InvalidArgument(string message) => new("InvalidArgument", 400, message);

    public static AwsException InvalidRequest(string message) => new("InvalidRequest", 400, message);

    static IReadOnlyList<(string, string)> MarkerHeaders(StoredObject marker) => [("x-amz-delete-marker", "true"), ("x-amz-version-id", marker.VersionId)];
}
