namespace Lambray.Resources.S3.Multipart;

/// <summary>An upload in parts that has been begun ("Uploading and copying objects using multipart upload" in the S3 User Guide).</summary>
/// <param name="Wanted">The object that is to come of it.</param>
public sealed record MultipartUpload(string Id, NewObject Wanted, PartChecksums Checksums, DateTimeOffset Initiated);

/// <summary>How the parts of an upload are checked, and what the object's checksum is made of.</summary>
/// <param name="IsComposite">Over the checksums of the parts, rather than over all bytes.</param>
/// <param name="IsAsked">Whether the uploader chose it, and so has to keep to it.</param>
public sealed record PartChecksums(ChecksumAlgorithm Algorithm, bool IsComposite, bool IsAsked)
{
    /// <summary>What S3 does by itself.</summary>
    public static readonly PartChecksums Default = new(ChecksumAlgorithm.Crc64Nvme, IsComposite: false, IsAsked: false);

    /// <param name="isComposite">Null for what is usual: whole for CRC-64/NVME, composite for the others.</param>
    /// <exception cref="Aws.AwsException">InvalidRequest for a combination that cannot be computed.</exception>
    public static PartChecksums Choose(ChecksumAlgorithm algorithm, bool? isComposite)
    {
        var canBeComposite = algorithm != ChecksumAlgorithm.Crc64Nvme;
        var canBeWhole = algorithm is not (ChecksumAlgorithm.Sha1 or ChecksumAlgorithm.Sha256);
        if (isComposite is { } asked && !(asked ? canBeComposite : canBeWhole))
            throw S3Errors.InvalidRequest(
                $"The {(asked ? "COMPOSITE" : "FULL_OBJECT")} checksum type cannot be used with the {algorithm.ToString().ToLowerInvariant()} checksum algorithm.");
        return new PartChecksums(algorithm, isComposite ?? canBeComposite, IsAsked: true);
    }
}

/// <summary>A part that has arrived.</summary>
public sealed record UploadedPart(int Number, string File, long Size, byte[] Md5, DateTimeOffset LastModified, Checksum Checksum)
{
    public string ETag => EntityTag.Of(Md5);
}

/// <summary>A part as the uploader names it at the end.</summary>
/// <param name="Checksum">As text; null when it was not said.</param>
public sealed record ChosenPart(int Number, string ETag, (ChecksumAlgorithm Algorithm, string Text)? Checksum);

/// <summary>What the uploader says of the whole at the end; null is what it does not say.</summary>
/// <param name="Checksum">As text, of the upload's algorithm.</param>
public sealed record UploadCompletion(
    IReadOnlyList<ChosenPart> Parts, WriteConditions Conditions, (ChecksumAlgorithm Algorithm, string Text)? Checksum = null, bool? IsComposite = null, long? Size = null);
