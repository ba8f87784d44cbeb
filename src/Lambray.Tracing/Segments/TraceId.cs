using System.Globalization;
using System.Text.Json.Serialization;

namespace Lambray.Tracing.Segments;

/// <summary>A trace's id: <c>1-</c>, the time of the original request as 8 hexadecimal digits, <c>-</c>, and 96 random bits as 24.</summary>
/// <remarks>
/// Any 8 digits are accepted, as ids converted from W3C carry random ones ("Trace ID format" in the X-Ray Developer Guide).
/// Starting with the time, ids sort roughly by age, which the store uses to keep a trace's neighbours together. Ours begin their
/// random part with the fraction of the second, so that new traces are added at the end of what is stored and not all over their second.
/// </remarks>
[JsonConverter(typeof(TraceIdJson))]
public readonly record struct TraceId(uint EpochSeconds, ulong High, uint Low) : IComparable<TraceId>
{
    public const int TextLength = 35;

    // 20 bits hold a million microseconds; 76 stay random.
    const int FractionShift = 44;

    public static TraceId New(DateTimeOffset time)
    {
        var microseconds = (ulong)(time.UtcTicks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        var random = (ulong)Random.Shared.NextInt64(1L << FractionShift);
        return new TraceId((uint)time.ToUnixTimeSeconds(), (microseconds << FractionShift) | random, (uint)Random.Shared.NextInt64(1L << 32));
    }

    public static bool TryParse(ReadOnlySpan<char> text, out TraceId id)
    {
        id = default;
        if (text.Length != TextLength || text[0] != '1' || text[1] != '-' || text[10] != '-') return false;
        if (!TryParseHex(text[2..10], out var time) || !TryParseHex(text[11..27], out var high) || !TryParseHex(text[27..], out var low)) return false;
        id = new TraceId((uint)time, high, (uint)low);
        return true;
    }

    public int CompareTo(TraceId other) => (EpochSeconds, High, Low).CompareTo((other.EpochSeconds, other.High, other.Low));

    public override string ToString() => $"1-{EpochSeconds:x8}-{High:x16}{Low:x8}";

    // Hexadecimal styles of .NET allow white space only when asked to, so digits alone pass here.
    static bool TryParseHex(ReadOnlySpan<char> digits, out ulong value) =>
        ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
