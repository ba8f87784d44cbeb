using System.Globalization;
using System.Text.RegularExpressions;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>A part of a body, as the Range header asks for it: <c>bytes=0-99</c>, <c>bytes=100-</c> or <c>bytes=-100</c>.</summary>
readonly partial record struct ByteRange(long Start, long Length)
{
    /// <returns>Null for the whole body, also when the header asks for several ranges or is not understood: S3 then ignores it.</returns>
    /// <exception cref="AwsException">InvalidRange when it begins behind the end.</exception>
    public static ByteRange? Read(string header, long size)
    {
        if (Single.Match(header) is not { Success: true } match) return null;
        var (first, last) = (Number(match.Groups["first"]), Number(match.Groups["last"]));
        var (start, end) = (first, last) switch
        {
            (null, null) => (-1, -1),
            (null, { } suffix) => (Math.Max(0, size - suffix), suffix == 0 ? -1 : size - 1),
            ({ } from, null) => (from, size - 1),
            ({ } from, { } to) => (from, to < from ? -1 : Math.Min(to, size - 1)),
        };
        if (start < 0 || (first is not null && last < first)) return null;
        return end >= start
            ? new ByteRange(start, end - start + 1)
            : throw new AwsException("InvalidRange", 416, "The requested range is not satisfiable") { Resource = header };
    }

    public string ContentRange(long size) => $"bytes {Start}-{Start + Length - 1}/{size}";

    static long? Number(Group group) =>
        group.Length == 0 ? null : long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    [GeneratedRegex(@"^bytes=(?<first>\d*)-(?<last>\d*)\z")]
    static partial Regex Single { get; }
}
