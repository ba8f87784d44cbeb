using System.Security.Cryptography;

namespace Lambray.Resources.S3;

/// <summary>What is computed over a body while it streams in: the MD5 of the ETag, one checksum, and SHA-256 when a signature promises it.</summary>
public sealed class BodyDigests(ChecksumAlgorithm algorithm, bool withSha256) : IDisposable
{
    readonly IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

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

    readonly IncrementalHash? payload = withSha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;

    public void Append(ReadOnlySpan<byte> data)
    {
        md5.AppendData(data);
        hash?.AppendData(data);
        crc?.Append(data);
        payload?.AppendData(data);
    }

    public byte[] Md5 => md5.GetCurrentHash();

    public Checksum Checksum => new(algorithm, crc?.GetHash() ?? hash!.GetCurrentHash());

    public byte[]? Sha256 => payload?.GetCurrentHash();

    public void Dispose()
    {
        md5.Dispose();
        hash?.Dispose();
        payload?.Dispose();
    }
}
