using System.Collections.Frozen;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3;

/// <summary>The operations of S3 that are not here, by the name in the query that asks for them, so that the answer can say which.</summary>
static class MissingOperations
{
    // The star is the verb, which follows from the method.
    static readonly FrozenDictionary<string, string> OfBuckets = new Dictionary<string, string>
    {
        ["abac"] = "*BucketAbac",
        ["accelerate"] = "*BucketAccelerateConfiguration",
        ["acl"] = "*BucketAcl",
        ["analytics"] = "*BucketAnalyticsConfiguration",
        ["cors"] = "*BucketCors",
        ["encryption"] = "*BucketEncryption",
        ["intelligent-tiering"] = "*BucketIntelligentTieringConfiguration",
        ["inventory"] = "*BucketInventoryConfiguration",
        ["lifecycle"] = "*BucketLifecycleConfiguration",
        ["logging"] = "*BucketLogging",
        ["metadataConfiguration"] = "*BucketMetadataConfiguration",
        ["metadataTable"] = "*BucketMetadataTableConfiguration",
        ["metrics"] = "*BucketMetricsConfiguration",
        ["notification"] = "*BucketNotificationConfiguration",
        ["object-lock"] = "*ObjectLockConfiguration",
        ["ownershipControls"] = "*BucketOwnershipControls",
        ["policy"] = "*BucketPolicy",
        ["policyStatus"] = "*BucketPolicyStatus",
        ["publicAccessBlock"] = "*PublicAccessBlock",
        ["replication"] = "*BucketReplication",
        ["requestPayment"] = "*BucketRequestPayment",
        ["session"] = "CreateSession",
        ["tagging"] = "*BucketTagging",
        ["uploads"] = "ListMultipartUploads",
        ["versioning"] = "*BucketVersioning",
        ["versions"] = "ListObjectVersions",
        ["website"] = "*BucketWebsite",
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, string> OfObjects = new Dictionary<string, string>
    {
        ["acl"] = "*ObjectAcl",
        ["attributes"] = "*ObjectAttributes",
        ["encryption"] = "UpdateObjectEncryption",
        ["legal-hold"] = "*ObjectLegalHold",
        ["partNumber"] = "*ObjectPart",
        ["renameObject"] = "RenameObject",
        ["restore"] = "RestoreObject",
        ["retention"] = "*ObjectRetention",
        ["select"] = "SelectObjectContent",
        ["tagging"] = "*ObjectTagging",
        ["torrent"] = "*ObjectTorrent",
        ["uploads"] = "CreateMultipartUpload",
        ["versionId"] = "*ObjectVersion",
    }.ToFrozenDictionary();

    /// <exception cref="AwsException">NotImplemented.</exception>
    public static void Refuse(HttpRequest request, bool ofObject)
    {
        if (ofObject && request.Query.ContainsKey("uploadId")) throw NotImplemented(MultipartOperation(request.Method));
        var subjects = ofObject ? OfObjects : OfBuckets;
        foreach (var name in request.Query.Keys)
            if (subjects.TryGetValue(name, out var subject)) throw NotImplemented(subject.Replace("*", Verb(request.Method), StringComparison.Ordinal));
    }

    public static AwsException NotImplemented(string operation) =>
        new("NotImplemented", 501, $"A header or parameter you provided implies functionality that is not implemented here: {operation}");

    static string Verb(string method) => method switch
    {
        "PUT" => "Put",
        "DELETE" => "Delete",
        "POST" => "Create",
        _ => "Get",
    };

    static string MultipartOperation(string method) => method switch
    {
        "PUT" => "UploadPart",
        "POST" => "CompleteMultipartUpload",
        "DELETE" => "AbortMultipartUpload",
        _ => "ListParts",
    };
}
