using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3;

/// <summary>PutObject and CopyObject.</summary>
static class WriteOperations
{
    public static async Task PutObject(HttpContext http)
    {
        var ((bucket, key), objects) = (http.GetS3Target(), Objects(http));
        var metadata = ObjectHeaders.Read(http.Request.Headers);
        var conditions = Conditions(http.Request.Headers);
        objects.CheckPut(bucket, key, metadata);
        using var body = await UploadBody.Receive(http, objects);
        var stored = await objects.PutObject(bucket, key, body, metadata, conditions);
        http.Response.Headers.ETag = stored.ETag;
        ObjectHeaders.WriteChecksum(http.Response.Headers, stored.Checksum);
    }

    public static async Task CopyObject(HttpContext http)
    {
        var ((bucket, key), objects) = (http.GetS3Target(), Objects(http));
        var (fromBucket, fromKey) = CopySource(http.Request.Headers["x-amz-copy-source"].ToString());
        var (source, content) = objects.OpenObject(fromBucket, fromKey);
        await using var opened = content;
        var metadata = Metadata(http.Request.Headers, source);
        if ((bucket, key) == (fromBucket, fromKey) && ReferenceEquals(metadata, source.Metadata))
            throw S3Errors.InvalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        objects.CheckPut(bucket, key, metadata);
        var algorithm = ChecksumHeaders.FindByName(http.Request.Headers["x-amz-checksum-algorithm"].ToString()) ?? source.Checksum.Algorithm;
        using var body = await objects.Receive(content, algorithm, cancellation: http.RequestAborted);
        var stored = await objects.PutObject(bucket, key, body, metadata, Conditions(http.Request.Headers));
        await http.WriteXml(S3Xml.Element(
            "CopyObjectResult", S3Xml.Element("LastModified", S3Xml.Date(stored.LastModified)), S3Xml.Element("ETag", stored.ETag),
            S3Xml.Element("Checksum" + S3Xml.Name(stored.Checksum.Algorithm), stored.Checksum.Base64), S3Xml.Element("ChecksumType", "FULL_OBJECT")));
    }

    static WriteConditions Conditions(IHeaderDictionary headers)
    {
        var ifNoneMatch = headers.IfNoneMatch.FirstOrDefault();
        if (ifNoneMatch is not (null or "*")) throw MissingOperations.NotImplemented("If-None-Match with an entity tag");
        return new WriteConditions(headers.IfMatch.FirstOrDefault(), ifNoneMatch is not null);
    }

    static ObjectMetadata Metadata(IHeaderDictionary headers, StoredObject source) => headers["x-amz-metadata-directive"].ToString() switch
    {
        "" or "COPY" => source.Metadata,
        "REPLACE" => ObjectHeaders.Read(headers),
        _ => throw S3Errors.InvalidArgument("Unknown metadata directive."),
    };

    // "/bucket/key" or "bucket/key", escaped.
    static (string Bucket, string Key) CopySource(string header)
    {
        var parts = Uri.UnescapeDataString(header).TrimStart('/').Split('/', 2);
        if (parts is [{ Length: > 0 } bucket, { Length: > 0 } key]) return (bucket, key);
        throw S3Errors.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    static ObjectStore Objects(HttpContext http) => http.RequestServices.GetRequiredService<ObjectStore>();
}
