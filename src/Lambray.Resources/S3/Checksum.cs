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

/// <summary>A checksum over a whole object or, of an object that came in parts, over the checksums of its parts.</summary>
/// <param name="Parts">How many parts' checksums it is made of; 0 when it is over the bytes themselves.</param>
public sealed record Checksum(ChecksumAlgorithm Algorithm, byte[] Value, int Parts = 0)
{
    public bool IsComposite => Parts > 0;

    /// <summary>As S3 writes it: Base64, with the number of parts behind a composite one.</summary>
    public string Text => IsComposite ? $"{Convert.ToBase64String(Value)}-{Parts}" : Convert.ToBase64String(Value);
}
