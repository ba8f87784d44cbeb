using System.Buffers;
using Lambray.Aws;
using Lambray.Aws.Signing;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>What a signature says of the body: S3's promise it in a header, so that bodies of any length can follow; elsewhere the body is read first, and its hash is signed.</summary>
/// <param name="Hash">As it stands in the canonical request.</param>
sealed record SignedPayload(string Hash)
{
    public const string HashHeader = "x-amz-content-sha256";
    const string Unsigned = "UNSIGNED-PAYLOAD";
    const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    const int Sha256HexDigits = 64;

    public static async Task<SignedPayload> ReadAsync(HttpContext http, SignedRequest signed, long bodyBytesMax)
    {
        if (signed.Scope.Service != "s3") return new SignedPayload(SignatureV4.Hash((await ReadBodyAsync(http, bodyBytesMax)).Span));
        if (signed.IsPresigned) return new SignedPayload(http.Request.Headers[HashHeader].FirstOrDefault() ?? Unsigned);
        return http.Request.Headers[HashHeader].FirstOrDefault() is { } hash
            ? new SignedPayload(hash)
            : throw new AwsException("InvalidRequest", 400, "Missing required header for this request: x-amz-content-sha256");
    }

    /// <summary>Holds a body of S3's to the hash or to the signatures of its chunks, once the request itself is verified.</summary>
    public void VerifyWhileRead(HttpContext http, Func<ChunkSignatures> chunks)
    {
        if (Hash.StartsWith(SignedChunks, StringComparison.Ordinal))
        {
            var signatures = chunks();
            http.Response.RegisterForDispose(signatures);
            http.Features.Set(signatures);
        }
        else if (AwsCall.Of(http).Scope?.Service == "s3" && Hash.Length == Sha256HexDigits) HoldToHash(http);
    }

    void HoldToHash(HttpContext http)
    {
        var body = new HashedBody(http.Request.Body, Hash);
        http.Response.RegisterForDispose(body);
        http.Request.Body = body;
    }

    static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext http, long bytesMax)
    {
        var body = new ArrayBufferWriter<byte>();
        while (await http.Request.Body.ReadAsync(body.GetMemory(16 * 1024), http.RequestAborted) is var count and > 0)
        {
            body.Advance(count);
            if (body.WrittenCount > bytesMax) throw new AwsException("RequestEntityTooLargeException", 413, $"The body has more than {bytesMax} bytes.");
        }
        http.Request.Body = new MemoryStream(body.WrittenSpan.ToArray(), writable: false);
        return body.WrittenMemory;
    }
}
