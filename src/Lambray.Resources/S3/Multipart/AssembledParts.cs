using System.Security.Cryptography;
using Lambray.Aws;

namespace Lambray.Resources.S3.Multipart;

/// <summary>The parts that make up an object, held to S3's rules; tag and checksum follow from theirs, no byte is read again.</summary>
sealed record AssembledParts(IReadOnlyList<UploadedPart> Parts, long Size, byte[] Md5, Checksum Checksum)
{
    const long PartBytesMin = 5 * 1024 * 1024;
    const long ObjectBytesMax = 5L * 1024 * 1024 * 1024 * 1024;

    /// <exception cref="AwsException">MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall, EntityTooLarge, InvalidRequest or BadDigest.</exception>
    public static AssembledParts Assemble(MultipartUpload upload, IEnumerable<UploadedPart> uploaded, UploadCompletion completion)
    {
        var parts = Choose(upload, uploaded.ToDictionary(part => part.Number), completion.Parts);
        var size = parts.Sum(part => part.Size);
        if (size > ObjectBytesMax) throw S3Errors.EntityTooLarge();
        if (completion.Size is { } expected && expected != size)
            throw S3Errors.InvalidRequest($"The provided 'x-amz-mp-object-size' header value {expected} does not match what was computed: {size}");
        if (completion.IsComposite is { } isComposite && isComposite != upload.Checksums.IsComposite)
            throw S3Errors.InvalidRequest(
                $"The upload was created using the {TypeName(upload.Checksums.IsComposite)} checksum mode. The complete request must use the same checksum mode.");
        var checksum = upload.Checksums.IsComposite ? Composite(parts, upload.Checksums.Algorithm) : Whole(parts, upload.Checksums.Algorithm);
        CheckWhole(checksum, completion.Checksum);
        return new AssembledParts(parts, size, Md5OfMd5s(parts), checksum);
    }

    static List<UploadedPart> Choose(MultipartUpload upload, Dictionary<int, UploadedPart> uploaded, IReadOnlyList<ChosenPart> chosen)
    {
        if (chosen.Count == 0) throw new AwsException("MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema");
        var parts = new List<UploadedPart>(chosen.Count);
        foreach (var choice in chosen)
        {
            if (parts.Count > 0 && choice.Number <= parts[^1].Number)
                throw new AwsException("InvalidPartOrder", 400, "The list of parts was not in ascending order. The parts list must be specified in order by part number.");
            if (!uploaded.TryGetValue(choice.Number, out var part) || part.ETag.Trim('"') != choice.ETag.Trim('"')) throw InvalidPart();
            CheckPart(upload, choice, part);
            if (parts.Count > 0 && parts[^1].Size < PartBytesMin)
                throw new AwsException("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size") { Resource = parts[^1].ETag };
            parts.Add(part);
        }
        return parts;
    }

    static void CheckPart(MultipartUpload upload, ChosenPart choice, UploadedPart part)
    {
        if (choice.Checksum is { } said)
        {
            // Where none was chosen, uploaders name whichever they sent.
            if (said.Algorithm != part.Checksum.Algorithm ? upload.Checksums.IsAsked : said.Text != part.Checksum.Text) throw InvalidPart();
        }
        // A composite checksum proves the parts only to one who names theirs.
        else if (upload.Checksums is { IsComposite: true, IsAsked: true })
        {
            throw S3Errors.InvalidRequest(
                $"The upload was created using a {upload.Checksums.Algorithm.ToString().ToLowerInvariant()} checksum. "
                + $"The complete request must include the checksum for each part. It was missing for part {choice.Number} in the request.");
        }
    }

    static void CheckWhole(Checksum computed, (ChecksumAlgorithm Algorithm, string Text)? expected)
    {
        if (expected is not { } promised) return;
        if (promised.Algorithm != computed.Algorithm || promised.Text != computed.Text)
            throw new AwsException("BadDigest", 400, $"The {promised.Algorithm.ToString().ToLowerInvariant()} you specified did not match the calculated checksum.");
    }

    static byte[] Md5OfMd5s(List<UploadedPart> parts)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts) md5.AppendData(part.Md5);
        return md5.GetCurrentHash();
    }

    static Checksum Composite(List<UploadedPart> parts, ChecksumAlgorithm algorithm)
    {
        using var digests = new BodyDigests(new WantedDigests(algorithm));
        foreach (var part in parts) digests.Append(part.Checksum.Value);
        return digests.Compute().Checksum with { Parts = parts.Count };
    }

    static Checksum Whole(List<UploadedPart> parts, ChecksumAlgorithm algorithm) => new(algorithm, parts.Skip(1).Aggregate(
        parts[0].Checksum.Value, (so, part) => CyclicRedundancyCheck.Combine(algorithm, so, part.Checksum.Value, part.Size)));

    static string TypeName(bool isComposite) => isComposite ? "COMPOSITE" : "FULL_OBJECT";

    static AwsException InvalidPart() => new(
        "InvalidPart", 400,
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
}
