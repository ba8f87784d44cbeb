using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Server.AwsFront.S3.Objects;

namespace Lambray.Server.AwsFront.S3;

/// <summary>The body of a request that is a document, not an object: read whole, within bounds, and held to its promises.</summary>
static class SmallBody
{
    // A thousand keys of 1024 bytes, every character of them escaped.
    const int BytesMax = 8 * 1024 * 1024;

    /// <exception cref="AwsException">MaxMessageLengthExceeded; as <see cref="ExpectedDigests"/>.</exception>
    public static async Task<MemoryStream> Read(HttpContext http)
    {
        var expected = ExpectedDigests.Read(http.Request.Headers);
        var chunked = UploadBody.IsChunked(http.Request) ? new AwsChunkedStream(http.Request.BodyReader) : null;
        var whole = await ReadWhole(http, chunked ?? http.Request.Body);
        using var digests = new BodyDigests(expected.Wanted());
        digests.Append(whole.GetBuffer().AsSpan(0, (int)whole.Length));
        expected.Verify(digests.Compute(), chunked?.Trailers);
        return whole;
    }

    static async Task<MemoryStream> ReadWhole(HttpContext http, Stream body)
    {
        if (http.Request.ContentLength > BytesMax) throw TooLarge();
        var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, http.RequestAborted) is > 0 and var count)
        {
            whole.Write(buffer, 0, count);
            if (whole.Length > BytesMax) throw TooLarge();
        }
        whole.Position = 0;
        return whole;
    }

    static AwsException TooLarge() => new("MaxMessageLengthExceeded", 400, "Your request was too large.");
}
