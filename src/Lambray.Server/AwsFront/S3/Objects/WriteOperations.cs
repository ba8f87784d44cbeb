using Lambray.Resources.S3;
using Lambray.Server.AwsFront.S3.Settings;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>PutObject, and what all that write objects read from a request.</summary>
static class WriteOperations
{
    public static async Task PutObject(HttpContext http)
    {
        var objects = http.Service<ObjectStore>();
        var wanted = ReadNew(http, ObjectHeaders.Read(http.Request.Headers));
        var conditions = http.WriteConditions();
        objects.CheckPut(wanted);
        using var body = await UploadBody.Receive(http, ExpectedDigests.Read(http.Request.Headers));
        var stored = await objects.PutObject(wanted, body, http.Origin(), conditions);
        http.Response.Headers.ETag = stored.ETag;
        http.WriteVersion(stored);
        ObjectHeaders.WriteEncryption(http, stored.Metadata);
        ChecksumHeaders.Write(http.Response.Headers, stored.Checksum, isComposite: false);
    }

    /// <summary>The object that the headers of a request describe.</summary>
    public static NewObject ReadNew(HttpContext http, ObjectMetadata metadata)
    {
        var (bucket, key) = http.GetS3Target();
        return new NewObject(bucket, key, metadata)
        {
            Tags = TaggingOperations.ReadHeader(http.Request.Headers),
            Lock = LockHeaders.Read(http.Request.Headers, http.Service<TimeProvider>().GetUtcNow()),
            AccessControl = AccessControl.Read(http, bucket),
        };
    }
}
