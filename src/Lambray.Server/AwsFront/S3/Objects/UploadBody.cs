using System.Globalization;
using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Bodies;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>Receives the body of an object or a part: takes transport encodings off, and holds the request to its promises.</summary>
static class UploadBody
{
    public const long BytesMax = 5L * 1024 * 1024 * 1024;

    /// <param name="kept">The checksum that is to stay; null for what was promised.</param>
    /// <returns>To be disposed by the caller.</returns>
    /// <exception cref="AwsException">MissingContentLength, EntityTooLarge, IncompleteBody or BadDigest.</exception>
    public static async Task<ReceivedBody> Receive(HttpContext http, ExpectedDigests expected, ChecksumAlgorithm? kept = null)
    {
        var length = DecodedLength(http.Request) ?? throw new AwsException("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
        if (length > BytesMax) throw S3Errors.EntityTooLarge();
        var chunked = IsChunked(http.Request) ? new AwsChunkedStream(http.Request.BodyReader, http.Features.Get<ChunkSignatures>()) : null;
        var received = await http.Service<BodyStore>().Receive(chunked ?? http.Request.Body, expected.Wanted(kept), http.RequestAborted);
        try
        {
            if (received.Size != length)
                throw new AwsException("IncompleteBody", 400, "You did not provide the number of bytes specified by the Content-Length HTTP header");
            expected.Verify(received.Digests, chunked?.Trailers);
            return received;
        }
        catch
        {
            received.Dispose();
            throw;
        }
    }

    public static bool IsChunked(HttpRequest request) =>
        request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal)
        || request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.Ordinal);

    static long? DecodedLength(HttpRequest request)
    {
        if (request.Headers["x-amz-decoded-content-length"].FirstOrDefault() is not { } text) return IsChunked(request) ? null : request.ContentLength;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
    }
}
