using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.S3.Settings;
using Lambray.Server.AwsFront.S3;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of S3's operations, which mostly have another name than the operation ("Required permissions for Amazon S3 API operations").</summary>
static class S3Permissions
{
    static readonly FrozenDictionary<string, string> Actions = new Dictionary<string, string>
    {
        ["ListBuckets"] = "ListAllMyBuckets",
        ["HeadBucket"] = "ListBucket",
        ["ListObjects"] = "ListBucket",
        ["ListObjectsV2"] = "ListBucket",
        ["ListObjectVersions"] = "ListBucketVersions",
        ["ListMultipartUploads"] = "ListBucketMultipartUploads",
        ["GetBucketNotificationConfiguration"] = "GetBucketNotification",
        ["PutBucketNotificationConfiguration"] = "PutBucketNotification",
        ["GetBucketCors"] = "GetBucketCORS",
        ["PutBucketCors"] = "PutBucketCORS",
        ["DeleteBucketCors"] = "PutBucketCORS",
        ["GetBucketEncryption"] = "GetEncryptionConfiguration",
        ["PutBucketEncryption"] = "PutEncryptionConfiguration",
        ["DeleteBucketEncryption"] = "PutEncryptionConfiguration",
        ["GetBucketLifecycleConfiguration"] = "GetLifecycleConfiguration",
        ["PutBucketLifecycleConfiguration"] = "PutLifecycleConfiguration",
        ["DeleteBucketLifecycle"] = "PutLifecycleConfiguration",
        ["GetObjectLockConfiguration"] = "GetBucketObjectLockConfiguration",
        ["PutObjectLockConfiguration"] = "PutBucketObjectLockConfiguration",
        ["GetPublicAccessBlock"] = "GetBucketPublicAccessBlock",
        ["PutPublicAccessBlock"] = "PutBucketPublicAccessBlock",
        ["DeletePublicAccessBlock"] = "PutBucketPublicAccessBlock",
        ["DeleteBucketTagging"] = "PutBucketTagging",
        ["DeleteBucketWebsite"] = "DeleteBucketWebsite",
        ["HeadObject"] = "GetObject",
        ["CopyObject"] = "PutObject",
        ["CreateMultipartUpload"] = "PutObject",
        ["UploadPart"] = "PutObject",
        ["UploadPartCopy"] = "PutObject",
        ["CompleteMultipartUpload"] = "PutObject",
        ["ListParts"] = "ListMultipartUploadParts",
    }.ToFrozenDictionary();

    public static IEnumerable<Permission> Of(HttpContext http)
    {
        var target = S3Target.Of(http);
        var operation = S3Operations.Find(http.Request, target).Name;
        // What a browser asks before it may ask for anything, it asks without credentials.
        if (operation == "OPTIONS") yield break;
        // Their keys stand in the body: each is asked for where it is read.
        if (operation is "DeleteObjects" or "PostObject") yield break;
        var action = Actions.GetValueOrDefault(operation, operation);
        if (http.Request.Query.ContainsKey("versionId") && action is "GetObject" or "DeleteObject" or "GetObjectTagging" or "PutObjectTagging" or "DeleteObjectTagging" or "GetObjectAcl")
            action = action.Replace("Object", "ObjectVersion", StringComparison.Ordinal);
        yield return new Permission($"s3:{action}", ResourceOf(target))
        {
            Policy = PolicyOf(http, target.Bucket),
            Describe = context => context
                .Set("s3:prefix", http.Request.Query["prefix"].FirstOrDefault()).Set("s3:delimiter", http.Request.Query["delimiter"].FirstOrDefault())
                .Set("s3:max-keys", http.Request.Query["max-keys"].FirstOrDefault()).Set("s3:VersionId", http.Request.Query["versionId"].FirstOrDefault())
                .Set("s3:x-amz-acl", http.Request.Headers["x-amz-acl"].FirstOrDefault())
                .Set("s3:x-amz-server-side-encryption", http.Request.Headers["x-amz-server-side-encryption"].FirstOrDefault()),
        };
        if (http.Request.Headers["x-amz-copy-source"].FirstOrDefault() is { } source) yield return ReadSource(http, source);
    }

    /// <summary>To do something with one object that the body of a request names.</summary>
    public static Permission OfKey(HttpContext http, string action, string bucket, string key) =>
        new($"s3:{action}", $"arn:aws:s3:::{bucket}/{key}") { Policy = PolicyOf(http, bucket) };

    static Permission ReadSource(HttpContext http, string source)
    {
        var path = Uri.UnescapeDataString(source.Split('?')[0]).TrimStart('/');
        return new Permission("s3:GetObject", $"arn:aws:s3:::{path}") { Policy = PolicyOf(http, path.Split('/')[0]) };
    }

    static string ResourceOf(S3Target target) =>
        target.Bucket.Length == 0 ? "*"
        : target.Key.Length == 0 ? $"arn:aws:s3:::{target.Bucket}" : $"arn:aws:s3:::{target.Bucket}/{target.Key}";

    static ResourcePolicy? PolicyOf(HttpContext http, string bucket)
    {
        try
        {
            return bucket.Length > 0 && http.RequestServices.GetRequiredService<BucketSettings>().Find(bucket, "policy") is { } policy ? ResourcePolicy.Parse(policy) : null;
        }
        // Whether it is there is not told to those who may not know.
        catch (AwsException error) when (error.Code == "NoSuchBucket")
        {
            return null;
        }
    }
}
