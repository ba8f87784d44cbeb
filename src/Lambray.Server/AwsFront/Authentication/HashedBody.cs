using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Server.AwsFront.S3.Objects;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>A body whose hash was signed: its end is an error when it was not this one.</summary>
sealed class HashedBody(Stream body, string expected) : ReadOnlyStream
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    bool isVerified;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..count]);
        if (count == 0 && buffer.Length > 0 && !isVerified) Verify();
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) hash.Dispose();
        base.Dispose(disposing);
    }

    void Verify()
    {
        isVerified = true;
        if (!Convert.ToHexStringLower(hash.GetHashAndReset()).Equals(expected, StringComparison.OrdinalIgnoreCase))
            throw new AwsException("XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
}
