using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Multipart;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>GetObject and HeadObject, which differ by the body only.</summary>
static class ReadOperations
{
    const int BufferBytes = 64 * 1024;

    public static async Task GetObject(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        var (stored, content) = http.Service<ObjectStore>().OpenObject(bucket, key, http.VersionId());
        await using var body = content;
        switch (Conditions(http.Request.Headers).Judge(stored))
        {
            case ReadOutcome.PreconditionFailed:
                throw S3Errors.PreconditionFailed();
            case ReadOutcome.NotModified:
                ObjectHeaders.WriteValidators(http, stored);
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
        }
        var part = FindPart(http, stored);
        var range = part?.Range ?? ByteRange.Read(http.Request.Headers.Range.ToString(), stored.Size);
        WriteHeaders(http, stored, range, part);
        if (HttpMethods.IsGet(http.Request.Method)) await Send(http, body, range ?? new ByteRange(0, stored.Size));
    }

    static void WriteHeaders(HttpContext http, StoredObject stored, ByteRange? range, ObjectPart? part)
    {
        ObjectHeaders.Write(http, stored);
        http.Response.ContentLength = range?.Length ?? stored.Size;
        if (range is { } shown)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = shown.ContentRange(stored.Size);
        }
        if (part is not null && stored.PartCount > 0)
            http.Response.Headers["x-amz-mp-parts-count"] = stored.PartCount.ToString(CultureInfo.InvariantCulture);
        // A checksum says nothing of a range, but parts have their own.
        if (http.Request.Headers["x-amz-checksum-mode"] != "ENABLED") return;
        if (part is not null) ChecksumHeaders.Write(http.Response.Headers, part.Checksum, stored.Checksum.IsComposite);
        else if (range is null) ChecksumHeaders.Write(http.Response.Headers, stored.Checksum, stored.Checksum.IsComposite);
    }

    /// <returns>Null when no part is asked for.</returns>
    static ObjectPart? FindPart(HttpContext http, StoredObject stored)
    {
        if (http.Request.Query["partNumber"].FirstOrDefault() is not { } text) return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MultipartUploads.PartNumberMax)
            throw S3Errors.InvalidArgument($"Part number must be an integer between 1 and {MultipartUploads.PartNumberMax}, inclusive");
        if (http.Request.Headers.Range.Count > 0) throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        if (stored.PartCount == 0)
            return number == 1 ? new ObjectPart(new ByteRange(0, stored.Size), stored.Checksum) : throw InvalidPart(number);
        var start = 0L;
        foreach (var part in http.Service<ObjectStore>().ListParts(stored))
        {
            if (part.Number == number) return new ObjectPart(new ByteRange(start, part.Size), new Checksum(stored.Checksum.Algorithm, part.Checksum));
            start += part.Size;
        }
        throw InvalidPart(number);
    }

    static async Task Send(HttpContext http, Stream body, ByteRange range)
    {
        body.Position = range.Start;
        var writer = http.Response.BodyWriter;
        for (var left = range.Length; left > 0;)
        {
            var memory = writer.GetMemory(BufferBytes);
            var count = await body.ReadAsync(memory[..(int)Math.Min(memory.Length, left)], http.RequestAborted);
            if (count == 0) throw new EndOfStreamException("A body is shorter than its row says.");
            writer.Advance(count);
            left -= count;
            if ((await writer.FlushAsync(http.RequestAborted)).IsCompleted) return;
        }
    }

    static ReadConditions Conditions(IHeaderDictionary headers) => new(
        headers.IfMatch.FirstOrDefault(), headers.IfNoneMatch.FirstOrDefault(),
        S3Request.Date(headers.IfModifiedSince), S3Request.Date(headers.IfUnmodifiedSince));

    static AwsException InvalidPart(int number) =>
        new("InvalidPartNumber", 416, "The requested partnumber is not satisfiable") { Resource = number.ToString(CultureInfo.InvariantCulture) };

    sealed record ObjectPart(ByteRange Range, Checksum Checksum);
}
