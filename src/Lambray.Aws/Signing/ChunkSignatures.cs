using System.Security.Cryptography;

namespace Lambray.Aws.Signing;

/// <summary>The signatures of a body that is sent in chunks: each covers its chunk and the signature before it, the first that of the request.</summary>
/// <remarks>"Signature calculations: Transferring payload in multiple chunks" in the S3 API reference. Not for several threads.</remarks>
public sealed class ChunkSignatures(byte[] signingKey, CredentialScope scope, string amzDate, string requestSignature) : IDisposable
{
    const string ChunkAlgorithm = "AWS4-HMAC-SHA256-PAYLOAD";
    const string TrailerAlgorithm = "AWS4-HMAC-SHA256-TRAILER";
    static readonly string EmptyHash = SignatureV4.Hash([]);

    readonly IncrementalHash chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    string previous = requestSignature;

    public void Append(ReadOnlySpan<byte> bytes) => chunk.AppendData(bytes);

    /// <summary>Whether the chunk of all that was appended since the last one has this signature; the empty chunk at the end has one as well.</summary>
    public bool Verify(string signature) => Continue(
        $"{ChunkAlgorithm}\n{amzDate}\n{scope.Scope}\n{previous}\n{EmptyHash}\n{Convert.ToHexStringLower(chunk.GetHashAndReset())}", signature);

    /// <param name="trailers">In the order that they were sent, <c>name:value</c> and a newline each.</param>
    public bool VerifyTrailers(string trailers, string signature) => Continue(
        $"{TrailerAlgorithm}\n{amzDate}\n{scope.Scope}\n{previous}\n{SignatureV4.Hash(System.Text.Encoding.UTF8.GetBytes(trailers))}", signature);

    public void Dispose() => chunk.Dispose();

    bool Continue(string stringToSign, string signature)
    {
        previous = SignatureV4.Sign(signingKey, stringToSign);
        return SignatureV4.AreEqual(previous, signature);
    }
}
