using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3;

/// <summary>The header of each checksum: <c>x-amz-checksum-crc32</c> and so on.</summary>
static class ChecksumHeaders
{
    const string Prefix = "x-amz-checksum-";
    static readonly ChecksumAlgorithm[] Algorithms = Enum.GetValues<ChecksumAlgorithm>();

    public static string Name(ChecksumAlgorithm algorithm) => Prefix + algorithm.ToString().ToLowerInvariant();

    public static ChecksumAlgorithm? FindByHeader(string header) =>
        Array.Find(Algorithms, algorithm => header.Equals(Name(algorithm), StringComparison.OrdinalIgnoreCase)) is var found
        && header.Equals(Name(found), StringComparison.OrdinalIgnoreCase) ? found : null;

    /// <summary>The algorithm that <c>x-amz-checksum-algorithm</c> asks for; null when it does not.</summary>
    /// <exception cref="Aws.AwsException">InvalidRequest for one that S3 does not know.</exception>
    public static ChecksumAlgorithm? FindAsked(IHeaderDictionary headers)
    {
        if (headers["x-amz-checksum-algorithm"].FirstOrDefault() is not { } name) return null;
        return FindByHeader(Prefix + name) ?? throw S3Errors.InvalidRequest(
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }

    /// <summary>The checksum that a request carries in its headers, with its value.</summary>
    /// <exception cref="Aws.AwsException">InvalidRequest when there are several.</exception>
    public static (ChecksumAlgorithm Algorithm, string Value)? Find(IHeaderDictionary headers)
    {
        (ChecksumAlgorithm, string)? found = null;
        foreach (var algorithm in Algorithms)
        {
            if (headers[Name(algorithm)].FirstOrDefault() is not { } value) continue;
            if (found is not null) throw S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            found = (algorithm, value);
        }
        return found;
    }

    /// <summary><c>x-amz-checksum-type</c>: true for <c>COMPOSITE</c>, null when it is not said.</summary>
    /// <exception cref="Aws.AwsException">InvalidRequest for anything else.</exception>
    public static bool? FindIsComposite(IHeaderDictionary headers) => headers["x-amz-checksum-type"].FirstOrDefault() switch
    {
        null => null,
        "COMPOSITE" => true,
        "FULL_OBJECT" => false,
        _ => throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid."),
    };

    public static string TypeName(bool isComposite) => isComposite ? "COMPOSITE" : "FULL_OBJECT";

    public static void Write(IHeaderDictionary headers, Checksum checksum, bool isComposite)
    {
        headers[Name(checksum.Algorithm)] = checksum.Text;
        headers["x-amz-checksum-type"] = TypeName(isComposite);
    }
}
