using System.Globalization;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Multipart;
using Lambray.Server.AwsFront.S3.Objects;

namespace Lambray.Server.AwsFront.S3.Multipart;

/// <summary>CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload.</summary>
static class MultipartOperations
{
    public static async Task CreateMultipartUpload(HttpContext http)
    {
        var wanted = WriteOperations.ReadNew(http, ObjectHeaders.Read(http.Request.Headers));
        var upload = await http.Service<MultipartUploads>().Create(wanted, ReadChecksums(http.Request.Headers));
        ObjectHeaders.WriteEncryption(http, wanted.Metadata);
        if (upload.Checksums.IsAsked)
        {
            http.Response.Headers["x-amz-checksum-algorithm"] = S3Xml.Name(upload.Checksums.Algorithm);
            http.Response.Headers["x-amz-checksum-type"] = ChecksumHeaders.TypeName(upload.Checksums.IsComposite);
        }
        await http.WriteXml(S3Xml.Element(
            "InitiateMultipartUploadResult", S3Xml.Element("Bucket", wanted.Bucket), S3Xml.Element("Key", wanted.Key), S3Xml.Element("UploadId", upload.Id)));
    }

    public static async Task UploadPart(HttpContext http)
    {
        var (upload, number) = ReadPart(http);
        var expected = ExpectedDigests.Read(http.Request.Headers);
        // Where none was chosen, newer SDKs send one of their own all the same.
        if (upload.Checksums.IsAsked && expected.Algorithm is { } promised && promised != upload.Checksums.Algorithm)
            throw S3Errors.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {NameOf(upload.Checksums.Algorithm)}, actual checksum Type: {NameOf(promised)}");
        using var body = await UploadBody.Receive(http, expected, kept: upload.Checksums.Algorithm);
        var part = await http.Service<MultipartUploads>().PutPart(upload, number, body);
        http.Response.Headers.ETag = part.ETag;
        ObjectHeaders.WriteEncryption(http, upload.Wanted.Metadata);
        http.Response.Headers[ChecksumHeaders.Name(body.Digests.Promised.Algorithm)] = body.Digests.Promised.Text;
    }

    public static async Task CompleteMultipartUpload(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        // Its checksum header is of the object, not of this document.
        var promised = ChecksumHeaders.Find(http.Request.Headers);
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>()) http.Request.Headers.Remove(ChecksumHeaders.Name(algorithm));
        var request = await http.ReadXml("CompleteMultipartUpload");
        var completion = new UploadCompletion(
            [.. request.Children("Part").Select(ReadChosen)], http.WriteConditions(), promised, ChecksumHeaders.FindIsComposite(http.Request.Headers), ReadSize(http));
        var stored = await http.Service<MultipartUploads>().Complete(bucket, key, UploadId(http), completion, http.Origin());
        http.WriteVersion(stored);
        ObjectHeaders.WriteEncryption(http, stored.Metadata);
        await http.WriteXml(S3Xml.Element(
            "CompleteMultipartUploadResult", S3Xml.Element("Location", $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}"),
            S3Xml.Element("Bucket", bucket), S3Xml.Element("Key", key), S3Xml.Element("ETag", stored.ETag), S3Xml.Checksum(stored.Checksum),
            S3Xml.Element("ChecksumType", ChecksumHeaders.TypeName(stored.Checksum.IsComposite))));
    }

    public static async Task AbortMultipartUpload(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        await http.Service<MultipartUploads>().Abort(bucket, key, UploadId(http));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <exception cref="AwsException">NoSuchUpload.</exception>
    public static MultipartUpload Find(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        return http.Service<MultipartUploads>().Get(bucket, key, UploadId(http));
    }

    /// <summary>The upload and the number of the part that a request brings.</summary>
    /// <exception cref="AwsException">InvalidArgument or NoSuchUpload.</exception>
    public static (MultipartUpload Upload, int Number) ReadPart(HttpContext http)
    {
        var text = http.Request.Query["partNumber"].ToString();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MultipartUploads.PartNumberMax)
            throw S3Errors.InvalidArgument($"Part number must be an integer between 1 and {MultipartUploads.PartNumberMax}, inclusive");
        return (Find(http), number);
    }

    static PartChecksums ReadChecksums(IHeaderDictionary headers)
    {
        var isComposite = ChecksumHeaders.FindIsComposite(headers);
        if (ChecksumHeaders.FindAsked(headers) is { } algorithm) return PartChecksums.Choose(algorithm, isComposite);
        return isComposite is null
            ? PartChecksums.Default
            : throw S3Errors.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
    }

    static ChosenPart ReadChosen(XElement part)
    {
        if (!int.TryParse(part.RequireText("PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) throw S3Xml.Malformed();
        return new ChosenPart(number, part.RequireText("ETag"), ReadChecksum(part));
    }

    static (ChecksumAlgorithm, string)? ReadChecksum(XElement part)
    {
        foreach (var algorithm in Enum.GetValues<ChecksumAlgorithm>())
            if (part.Text("Checksum" + S3Xml.Name(algorithm)) is { } text) return (algorithm, text);
        return null;
    }

    static long? ReadSize(HttpContext http)
    {
        if (http.Request.Headers["x-amz-mp-object-size"].FirstOrDefault() is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw S3Errors.InvalidRequest("Value for x-amz-mp-object-size header is invalid.");
    }

    static string UploadId(HttpContext http) => http.Request.Query["uploadId"].ToString();

    static string NameOf(ChecksumAlgorithm algorithm) => algorithm.ToString().ToLowerInvariant();
}
