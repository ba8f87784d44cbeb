using System.Collections.Frozen;
using Lambray.Aws;
using Lambray.Server.AwsFront.S3.Buckets;
using Lambray.Server.AwsFront.S3.Cors;
using Lambray.Server.AwsFront.S3.Listings;
using Lambray.Server.AwsFront.S3.Multipart;
using Lambray.Server.AwsFront.S3.Objects;
using Lambray.Server.AwsFront.S3.Settings;

namespace Lambray.Server.AwsFront.S3;

/// <summary>Which operation a request asks for: S3 tells them apart by method, by bucket or key, and by a name in the query.</summary>
static class S3Operations
{
    const string Plain = "";

    static readonly FrozenDictionary<(string Method, string Subject), S3Operation> OfBuckets = new Dictionary<(string, string), S3Operation>
    {
        [("HEAD", Plain)] = new("HeadBucket", BucketOperations.HeadBucket),
        [("PUT", Plain)] = new("CreateBucket", BucketOperations.CreateBucket),
        [("DELETE", Plain)] = new("DeleteBucket", BucketOperations.DeleteBucket),
        [("POST", "delete")] = new("DeleteObjects", DeleteOperations.DeleteObjects),
        [("GET", "location")] = new("GetBucketLocation", BucketOperations.GetBucketLocation),
        [("GET", Plain)] = new("ListObjects", ListingOperations.ListObjects),
        [("GET", "list-type")] = new("ListObjectsV2", ListingOperations.ListObjectsV2),
        [("GET", "versions")] = new("ListObjectVersions", VersionListing.ListObjectVersions),
        [("GET", "uploads")] = new("ListMultipartUploads", UploadListing.ListMultipartUploads),
        [("PUT", "versioning")] = new("PutBucketVersioning", VersioningOperations.PutBucketVersioning),
        [("GET", "versioning")] = new("GetBucketVersioning", VersioningOperations.GetBucketVersioning),
        [("PUT", "notification")] = new("PutBucketNotificationConfiguration", NotificationOperations.PutConfiguration),
        [("GET", "notification")] = new("GetBucketNotificationConfiguration", NotificationOperations.GetConfiguration),
        [("PUT", "object-lock")] = new("PutObjectLockConfiguration", BucketLockOperations.PutConfiguration),
        [("GET", "object-lock")] = new("GetObjectLockConfiguration", BucketLockOperations.GetConfiguration),
        [("PUT", "policy")] = new("PutBucketPolicy", BucketPolicyOperations.PutBucketPolicy),
        [("GET", "policy")] = new("GetBucketPolicy", BucketPolicyOperations.GetBucketPolicy),
        [("DELETE", "policy")] = new("DeleteBucketPolicy", BucketPolicyOperations.DeleteBucketPolicy),
        [("GET", "policyStatus")] = new("GetBucketPolicyStatus", BucketPolicyOperations.GetBucketPolicyStatus),
        [("PUT", "acl")] = new("PutBucketAcl", AclOperations.PutBucketAcl),
        [("GET", "acl")] = new("GetBucketAcl", AclOperations.GetBucketAcl),
    }.Concat(BucketDocuments.Operations).ToFrozenDictionary(pair => pair.Key, pair => pair.Value);

    static readonly FrozenDictionary<(string Method, string Subject), S3Operation> OfObjects = new Dictionary<(string, string), S3Operation>
    {
        [("GET", Plain)] = new("GetObject", ReadOperations.GetObject),
        [("HEAD", Plain)] = new("HeadObject", ReadOperations.GetObject),
        [("PUT", Plain)] = new("PutObject", WriteOperations.PutObject),
        [("DELETE", Plain)] = new("DeleteObject", DeleteOperations.DeleteObject),
        [("GET", "attributes")] = new("GetObjectAttributes", AttributeOperations.GetObjectAttributes),
        [("PUT", "tagging")] = new("PutObjectTagging", TaggingOperations.PutObjectTagging),
        [("GET", "tagging")] = new("GetObjectTagging", TaggingOperations.GetObjectTagging),
        [("DELETE", "tagging")] = new("DeleteObjectTagging", TaggingOperations.DeleteObjectTagging),
        [("PUT", "acl")] = new("PutObjectAcl", AclOperations.PutObjectAcl),
        [("GET", "acl")] = new("GetObjectAcl", AclOperations.GetObjectAcl),
        [("PUT", "retention")] = new("PutObjectRetention", LockOperations.PutObjectRetention),
        [("GET", "retention")] = new("GetObjectRetention", LockOperations.GetObjectRetention),
        [("PUT", "legal-hold")] = new("PutObjectLegalHold", LockOperations.PutObjectLegalHold),
        [("GET", "legal-hold")] = new("GetObjectLegalHold", LockOperations.GetObjectLegalHold),
        [("POST", "uploads")] = new("CreateMultipartUpload", MultipartOperations.CreateMultipartUpload),
        [("PUT", "uploadId")] = new("UploadPart", MultipartOperations.UploadPart),
        [("GET", "uploadId")] = new("ListParts", UploadListing.ListParts),
        [("POST", "uploadId")] = new("CompleteMultipartUpload", MultipartOperations.CompleteMultipartUpload),
        [("DELETE", "uploadId")] = new("AbortMultipartUpload", MultipartOperations.AbortMultipartUpload),
    }.ToFrozenDictionary();

    static readonly S3Operation Preflight = new("OPTIONS", CorsAnswer.Preflight);
    static readonly S3Operation ListBuckets = new("ListBuckets", BucketOperations.ListBuckets);
    static readonly S3Operation PostObject = new("PostObject", FormUpload.PostObject);
    static readonly S3Operation CopyObject = new("CopyObject", CopyOperations.CopyObject);
    static readonly S3Operation UploadPartCopy = new("UploadPartCopy", CopyOperations.UploadPartCopy);

    // What S3 has and we lack, by the name in the query; the star is the verb, which follows from the method.
    static readonly FrozenDictionary<string, string> MissingOfBuckets = new Dictionary<string, string>
    {
        ["abac"] = "*BucketAbac",
        ["metadataConfiguration"] = "*BucketMetadataConfiguration",
        ["metadataInventoryTable"] = "UpdateBucketMetadataInventoryTableConfiguration",
        ["metadataJournalTable"] = "UpdateBucketMetadataJournalTableConfiguration",
        ["metadataTable"] = "*BucketMetadataTableConfiguration",
        ["session"] = "CreateSession",
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, string> MissingOfObjects = new Dictionary<string, string>
    {
        ["encryption"] = "UpdateObjectEncryption",
        ["renameObject"] = "RenameObject",
        ["restore"] = "RestoreObject",
        ["select"] = "SelectObjectContent",
        ["torrent"] = "GetObjectTorrent",
    }.ToFrozenDictionary();

    static readonly FrozenSet<string> SubjectsOfBuckets = Subjects(OfBuckets);
    static readonly FrozenSet<string> SubjectsOfObjects = Subjects(OfObjects);

    /// <exception cref="AwsException">NotImplemented, naming the operation; MethodNotAllowed for what S3 does not have either.</exception>
    public static S3Operation Find(HttpRequest request, S3Target target)
    {
        if (request.Method == HttpMethods.Options && target.Bucket.Length > 0) return Preflight;
        if (target.Key.Length > 0) return FindForObject(request);
        if (target.Bucket.Length > 0) return FindForBucket(request);
        return request.Method == HttpMethods.Get ? ListBuckets : throw NotAllowed(request, "SERVICE");
    }

    public static AwsException NotImplemented(string operation) =>
        new("NotImplemented", 501, $"A header or parameter you provided implies functionality that is not implemented here: {operation}");

    static S3Operation FindForBucket(HttpRequest request)
    {
        Refuse(request, MissingOfBuckets);
        if (request.Method == HttpMethods.Post && request.HasFormContentType) return PostObject;
        var subject = SubjectOf(request, SubjectsOfBuckets);
        return OfBuckets.TryGetValue((request.Method, subject), out var operation) ? operation : throw NotAllowed(request, "BUCKET");
    }

    static S3Operation FindForObject(HttpRequest request)
    {
        Refuse(request, MissingOfObjects);
        if (request.Headers.ContainsKey("x-amz-server-side-encryption-customer-algorithm")) throw NotImplemented("encryption with customer-provided keys");
        var subject = SubjectOf(request, SubjectsOfObjects);
        if (request.Method == HttpMethods.Put && request.Headers.ContainsKey("x-amz-copy-source"))
        {
            if (subject == Plain) return CopyObject;
            if (subject == "uploadId") return UploadPartCopy;
        }
        return OfObjects.TryGetValue((request.Method, subject), out var operation) ? operation : throw NotAllowed(request, "OBJECT");
    }

    static string SubjectOf(HttpRequest request, FrozenSet<string> subjects)
    {
        foreach (var name in request.Query.Keys)
            if (subjects.Contains(name) && (name != "list-type" || request.Query[name] == "2")) return name;
        return Plain;
    }

    static void Refuse(HttpRequest request, FrozenDictionary<string, string> missing)
    {
        foreach (var name in request.Query.Keys)
            if (missing.TryGetValue(name, out var operation)) throw NotImplemented(operation.Replace("*", Verb(request.Method), StringComparison.Ordinal));
    }

    static FrozenSet<string> Subjects(FrozenDictionary<(string Method, string Subject), S3Operation> operations) =>
        operations.Keys.Select(key => key.Subject).Where(subject => subject != Plain).ToFrozenSet();

    static string Verb(string method) => method switch
    {
        "PUT" => "Put",
        "DELETE" => "Delete",
        "POST" => "Create",
        _ => "Get",
    };

    static AwsException NotAllowed(HttpRequest request, string resourceType) => new(
        "MethodNotAllowed", 405, $"The specified method is not allowed against this resource: {request.Method} on {resourceType}.");
}

/// <param name="Name">As the S3 API reference has it.</param>
sealed record S3Operation(string Name, RequestDelegate Serve);
