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

    public static ChecksumAlgorithm? FindByName(string name) => FindByHeader(Prefix + name);

    /// <summary>The checksum that a request carries in its headers, with its value.</summary>
    public static (ChecksumAlgorithm Algorithm, string Value)? Find(IHeaderDictionary headers)
    {
        foreach (var algorithm in Algorithms)
            if (headers[Name(algorithm)].FirstOrDefault() is { } value) return (algorithm, value);
        return null;
    }
}
