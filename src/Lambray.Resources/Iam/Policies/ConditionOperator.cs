using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Lambray.Aws;

namespace Lambray.Resources.Iam.Policies;

/// <summary>How a condition compares ("IAM JSON policy elements: Condition operators" in the IAM User Guide).</summary>
/// <param name="Matches">The policy's value first, then the request's. What is not of the operator's kind does not match.</param>
/// <param name="IsNegated">It holds where nothing matches, and where there is nothing.</param>
public sealed record ConditionOperator(string Name, Func<string, string, bool> Matches, bool IsNegated = false)
{
    static readonly FrozenDictionary<string, ConditionOperator> All = new ConditionOperator[]
    {
        new("StringEquals", (expected, actual) => Plain(expected) == actual),
        new("StringNotEquals", (expected, actual) => Plain(expected) == actual, IsNegated: true),
        new("StringEqualsIgnoreCase", EqualsIgnoringCase),
        new("StringNotEqualsIgnoreCase", EqualsIgnoringCase, IsNegated: true),
        new("StringLike", IsLike),
        new("StringNotLike", IsLike, IsNegated: true),
        new("NumericEquals", (expected, actual) => Compare(expected, actual) == 0),
        new("NumericNotEquals", (expected, actual) => Compare(expected, actual) == 0, IsNegated: true),
        new("NumericLessThan", (expected, actual) => Compare(expected, actual) < 0),
        new("NumericLessThanEquals", (expected, actual) => Compare(expected, actual) <= 0),
        new("NumericGreaterThan", (expected, actual) => Compare(expected, actual) > 0),
        new("NumericGreaterThanEquals", (expected, actual) => Compare(expected, actual) >= 0),
        new("DateEquals", (expected, actual) => CompareDates(expected, actual) == 0),
        new("DateNotEquals", (expected, actual) => CompareDates(expected, actual) == 0, IsNegated: true),
        new("DateLessThan", (expected, actual) => CompareDates(expected, actual) < 0),
        new("DateLessThanEquals", (expected, actual) => CompareDates(expected, actual) <= 0),
        new("DateGreaterThan", (expected, actual) => CompareDates(expected, actual) > 0),
        new("DateGreaterThanEquals", (expected, actual) => CompareDates(expected, actual) >= 0),
        new("Bool", EqualsIgnoringCase),
        new("BinaryEquals", (expected, actual) => Plain(expected) == actual),
        new("IpAddress", IsInNetwork),
        new("NotIpAddress", IsInNetwork, IsNegated: true),
        // AWS has two names for the one comparison.
        new("ArnEquals", IsArnLike),
        new("ArnLike", IsArnLike),
        new("ArnNotEquals", IsArnLike, IsNegated: true),
        new("ArnNotLike", IsArnLike, IsNegated: true),
        new("Null", (_, _) => false),
    }.ToFrozenDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase);

    internal bool IsNullCheck => Name == "Null";

    internal static ConditionOperator? Find(string name) => All.GetValueOrDefault(name);

    static bool EqualsIgnoringCase(string expected, string actual) => string.Equals(Plain(expected), actual, StringComparison.OrdinalIgnoreCase);

    static bool IsLike(string expected, string actual) => WildcardPattern.Matches(expected, PolicyText.Literal(actual), StringComparison.Ordinal);

    // A star in one part of an ARN says nothing about the others; what lies behind the fifth colon is one part.
    static bool IsArnLike(string expected, string actual)
    {
        var (patterns, parts) = (expected.Split(':', 6), actual.Split(':', 6));
        return patterns.Length == parts.Length && patterns.Zip(parts).All(pair => IsLike(pair.First, pair.Second));
    }

    /// <returns>The request's number against the policy's; null when either is none.</returns>
    static int? Compare(string expected, string actual) =>
        decimal.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
        && decimal.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.CompareTo(limit) : null;

    static int? CompareDates(string expected, string actual) =>
        Date(expected) is { } limit && Date(actual) is { } date ? date.CompareTo(limit) : null;

    // ISO 8601, or seconds since 1970.
    static DateTimeOffset? Date(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && text.Length > 4)
            return Math.Abs(seconds) <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() / 2 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
    }

    static bool IsInNetwork(string expected, string actual)
    {
        if (!IPAddress.TryParse(actual, out var address) || expected.Split('/', 2) is not [var text, .. var rest] || !IPAddress.TryParse(text, out var first)) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var (wanted, given) = (first.GetAddressBytes(), address.GetAddressBytes());
        var bits = wanted.Length * 8;
        if (wanted.Length != given.Length || (rest is [var length] && (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > wanted.Length * 8))) return false;
        // People write 10.1.2.3/8 too.
        for (var bit = 0; bit < bits; bit++)
            if (((wanted[bit / 8] ^ given[bit / 8]) & (0x80 >> (bit % 8))) != 0) return false;
        return true;
    }

    static string Plain(string resolved) => resolved.Replace('\uE02A', '*').Replace('\uE03F', '?');
}
