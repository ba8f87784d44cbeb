using System.Security.Cryptography;

namespace Lambray.Resources.S3;

/// <summary>What is computed over a body while it streams in.</summary>
/// <param name="Kept">The checksum that stays with the object.</param>
/// <param name="Promised">The one that the request carries, if that is another.</param>
/// <param name="WithSha256">Whether a signature promises that hash.</param>
public sealed record WantedDigests(ChecksumAlgorithm Kept = ChecksumAlgorithm.Crc64Nvme, ChecksumAlgorithm? Promised = null, bool WithSha256 = false);

/// <summary>The digests of one body: the MD5 of the ETag, and those that are wanted.</summary>
public sealed class BodyDigests(WantedDigests wanted) : IDisposable
{
    readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    readonly RunningChecksum kept = new(wanted.Kept);
    readonly RunningChecksum? promised = wanted.Promised is { } other && other != wanted.Kept ? new(other) : null;
    readonly IncrementalHash? payload = wanted.WithSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    public void Append(ReadOnlySpan<byte> data)
    {
        md5.AppendData(data);
        kept.Append(data);
        promised?.Append(data);
        payload?.AppendData(data);
    }

    /// <summary>As they are so far.</summary>
    public ComputedDigests Compute()
    {
        var checksum = kept.Compute();
        return new ComputedDigests(md5.GetCurrentHash(), checksum, promised?.Compute() ?? checksum, payload?.GetCurrentHash());
    }

    public void Dispose()
    {
        md5.Dispose();
        kept.Dispose();
        promised?.Dispose();
        payload?.Dispose();
    }

    sealed class RunningChecksum(ChecksumAlgorithm algorithm) : IDisposable
    {
        readonly IncrementalHash? hash = algorithm switch
        {
            ChecksumAlgorithm.Sha1 => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
            ChecksumAlgorithm.Sha256 => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
            _ => null,
        };

        readonly CyclicRedundancyCheck? crc = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => CyclicRedundancyCheck.Crc32(),
            ChecksumAlgorithm.Crc32C => CyclicRedundancyCheck.Crc32C(),
            ChecksumAlgorithm.Crc64Nvme => CyclicRedundancyCheck.Crc64Nvme(),
            _ => null,
        };

        public void Append(ReadOnlySpan<byte> data)
        {
            hash?.AppendData(data);
            crc?.Append(data);
        }

        public Checksum Compute() => new(algorithm, crc?.GetHash() ?? hash!.GetCurrentHash());

        public void Dispose() => hash?.Dispose();
    }
}

/// <param name="Promised">The same as <paramref name="Checksum"/> unless another was promised.</param>
/// <param name="Sha256">Null unless it was wanted.</param>
public sealed record ComputedDigests(byte[] Md5, Checksum Checksum, Checksum Promised, byte[]? Sha256);
