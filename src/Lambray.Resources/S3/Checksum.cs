namespace Lambray.Resources.S3;

/// <summary>The additional checksums that S3 knows besides the MD5 of the ETag.</summary>
public enum ChecksumAlgorithm
{
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}

/// <summary>A checksum over a whole object.</summary>
public sealed record Checksum(ChecksumAlgorithm Algorithm, byte[] Value)
{
    public string Base64 => Convert.ToBase64String(Value);
}
