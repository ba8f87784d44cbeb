using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Bodies;
using Lambray.Resources.S3.Multipart;
using Lambray.Resources.S3.Notifications;
using Lambray.Server.AwsFront.S3.Multipart;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>CopyObject and UploadPartCopy.</summary>
static partial class CopyOperations
{
    const string VersionHeader = "x-amz-copy-source-version-id";

    public static async Task CopyObject(HttpContext http)
    {
        var objects = http.Service<ObjectStore>();
        var source = FindSource(http);
        if (source.Size > UploadBody.BytesMax)
            throw S3Errors.InvalidRequest($"The specified copy source is larger than the maximum allowable size for a copy source: {UploadBody.BytesMax}");
        var isReplaced = Directive(http, "x-amz-metadata-directive");
        var metadata = isReplaced ? ObjectHeaders.Read(http.Request.Headers) : ObjectHeaders.ReadForCopy(http.Request.Headers, source.Metadata);
        var wanted = WriteOperations.ReadNew(http, metadata);
        if (!Directive(http, "x-amz-tagging-directive")) wanted = wanted with { Tags = source.Tags };
        RequireChange(http, source, wanted, isReplaced);
        objects.CheckPut(wanted);
        var algorithm = ChecksumHeaders.FindAsked(http.Request.Headers) ?? source.Checksum.Algorithm;
        using var body = await objects.CopyBody(source, algorithm, http.RequestAborted);
        var stored = await objects.PutObject(wanted, body, http.Origin(), http.WriteConditions(), ObjectEvent.CreatedByCopy);
        http.WriteVersion(stored);
        WriteSourceVersion(http, source);
        ObjectHeaders.WriteEncryption(http, stored.Metadata);
        await http.WriteXml(S3Xml.Element(
            "CopyObjectResult", S3Xml.Element("LastModified", S3Xml.Date(stored.LastModified)), S3Xml.Element("ETag", stored.ETag),
            S3Xml.Checksum(stored.Checksum), S3Xml.Element("ChecksumType", ChecksumHeaders.TypeName(isComposite: false))));
    }

    public static async Task UploadPartCopy(HttpContext http)
    {
        var (upload, number) = MultipartOperations.ReadPart(http);
        var source = FindSource(http);
        var range = ReadRange(http, source);
        var (_, content) = http.Service<ObjectStore>().OpenObject(source.Bucket, source.Key, source.IsVersioned ? source.VersionId : null);
        await using var opened = content;
        opened.Position = range.Start;
        using var body = await http.Service<BodyStore>().Receive(
            new BoundedStream(opened, range.Length), new WantedDigests(upload.Checksums.Algorithm), http.RequestAborted);
        var part = await http.Service<MultipartUploads>().PutPart(upload, number, body);
        WriteSourceVersion(http, source);
        await http.WriteXml(S3Xml.Element(
            "CopyPartResult", S3Xml.Element("LastModified", S3Xml.Date(part.LastModified)), S3Xml.Element("ETag", part.ETag), S3Xml.Checksum(part.Checksum)));
    }

    /// <exception cref="AwsException">PreconditionFailed; as <see cref="ObjectStore.GetObject"/>.</exception>
    static StoredObject FindSource(HttpContext http)
    {
        var headers = http.Request.Headers;
        var (bucket, key, version) = ReadSource(headers["x-amz-copy-source"].ToString());
        var source = http.Service<ObjectStore>().GetObject(bucket, key, version);
        var conditions = new ReadConditions(
            headers["x-amz-copy-source-if-match"].FirstOrDefault(), headers["x-amz-copy-source-if-none-match"].FirstOrDefault(),
            S3Request.Date(headers["x-amz-copy-source-if-modified-since"]), S3Request.Date(headers["x-amz-copy-source-if-unmodified-since"]));
        return conditions.Judge(source) == ReadOutcome.Deliver ? source : throw S3Errors.PreconditionFailed();
    }

    // "/bucket/key" or "bucket/key", escaped, with "?versionId=…" or without.
    static (string Bucket, string Key, string? Version) ReadSource(string header)
    {
        var parts = header.Split("?versionId=", 2);
        var path = Uri.UnescapeDataString(parts[0]).TrimStart('/').Split('/', 2);
        if (path is [{ Length: > 0 } bucket, { Length: > 0 } key]) return (bucket, key, parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null);
        throw S3Errors.InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    /// <returns>True to replace, false to copy.</returns>
    static bool Directive(HttpContext http, string header) => http.Request.Headers[header].ToString() switch
    {
        "" or "COPY" => false,
        "REPLACE" => true,
        _ => throw S3Errors.InvalidArgument($"Unknown {(header.Contains("tagging", StringComparison.Ordinal) ? "tagging" : "metadata")} directive."),
    };

    static void RequireChange(HttpContext http, StoredObject source, NewObject wanted, bool isReplaced)
    {
        var isSame = (wanted.Bucket, wanted.Key) == (source.Bucket, source.Key) && !http.Request.Headers["x-amz-copy-source"].ToString().Contains("?versionId=", StringComparison.Ordinal);
        if (!isSame || isReplaced || http.Request.Headers.ContainsKey(ObjectMetadata.StorageClassName)) return;
        if (http.Request.Headers.Keys.Any(name => name.StartsWith("x-amz-server-side-encryption", StringComparison.OrdinalIgnoreCase) || name == ObjectHeaders.WebsiteRedirect)) return;
        throw S3Errors.InvalidRequest("This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
    }

    static ByteRange ReadRange(HttpContext http, StoredObject source)
    {
        if (http.Request.Headers["x-amz-copy-source-range"].FirstOrDefault() is not { } header) return new ByteRange(0, source.Size);
        if (!SourceRange.IsMatch(header))
            throw S3Errors.InvalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");
        return ByteRange.Read(header, source.Size) is { } range && header.EndsWith($"-{range.Start + range.Length - 1}", StringComparison.Ordinal)
            ? range
            : throw S3Errors.InvalidArgument($"Range specified is not valid for source object of size: {source.Size}");
    }

    static void WriteSourceVersion(HttpContext http, StoredObject source)
    {
        if (source.IsVersioned) http.Response.Headers[VersionHeader] = source.VersionId;
    }

    [GeneratedRegex(@"^bytes=\d+-\d+\z")]
    static partial Regex SourceRange { get; }
}
