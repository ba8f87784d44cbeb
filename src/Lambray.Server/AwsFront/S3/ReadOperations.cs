using System.Globalization;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3;

/// <summary>GetObject and HeadObject, which differ by the body only.</summary>
static class ReadOperations
{
    const int BufferBytes = 64 * 1024;

    public static async Task GetObject(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        var (stored, content) = http.RequestServices.GetRequiredService<ObjectStore>().OpenObject(bucket, key);
        await using var body = content;
        switch (Conditions(http.Request.Headers).Judge(stored))
        {
            case ReadOutcome.PreconditionFailed:
                throw S3Errors.PreconditionFailed();
            case ReadOutcome.NotModified:
                ObjectHeaders.WriteValidators(http.Response.Headers, stored);
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
        }
        var range = ByteRange.Read(http.Request.Headers.Range.ToString(), stored.Size);
        WriteHeaders(http, stored, range);
        if (HttpMethods.IsGet(http.Request.Method)) await Send(http, body, range ?? new ByteRange(0, stored.Size));
    }

    static void WriteHeaders(HttpContext http, StoredObject stored, ByteRange? range)
    {
        ObjectHeaders.Write(http, stored);
        http.Response.ContentLength = range?.Length ?? stored.Size;
        if (range is { } part)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = part.ContentRange(stored.Size);
        }
        // The checksum is of the whole: it says nothing of a part.
        else if (http.Request.Headers["x-amz-checksum-mode"] == "ENABLED") ObjectHeaders.WriteChecksum(http.Response.Headers, stored.Checksum);
    }

    static async Task Send(HttpContext http, FileStream body, ByteRange range)
    {
        body.Position = range.Start;
        var writer = http.Response.BodyWriter;
        for (var left = range.Length; left > 0;)
        {
            var memory = writer.GetMemory(BufferBytes);
            var count = await body.ReadAsync(memory[..(int)Math.Min(memory.Length, left)], http.RequestAborted);
            if (count == 0) throw new EndOfStreamException($"{body.Name} is shorter than its row says.");
            writer.Advance(count);
            left -= count;
            if ((await writer.FlushAsync(http.RequestAborted)).IsCompleted) return;
        }
    }

    static ReadConditions Conditions(IHeaderDictionary headers) => new(
        headers.IfMatch.FirstOrDefault(), headers.IfNoneMatch.FirstOrDefault(), Date(headers.IfModifiedSince), Date(headers.IfUnmodifiedSince));

    // A date that is none sets no condition, as HTTP has it.
    static DateTimeOffset? Date(string? header) =>
        DateTimeOffset.TryParseExact(header, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
