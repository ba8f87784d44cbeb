using System.Globalization;
using System.Text.Json.Serialization;

namespace Lambray.Tracing.Segments;

/// <summary>The id of a segment, a subsegment or an exception: 16 hexadecimal digits, unique inside its trace.</summary>
[JsonConverter(typeof(SegmentIdJson))]
public readonly record struct SegmentId(ulong Value)
{
    public const int TextLength = 16;

    public static SegmentId New()
    {
        Span<byte> random = stackalloc byte[8];
        // Nobody gains by guessing one.
        Random.Shared.NextBytes(random);
        return new SegmentId(BitConverter.ToUInt64(random));
    }

    public static bool TryParse(ReadOnlySpan<char> text, out SegmentId id)
    {
        id = default;
        if (text.Length != TextLength || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return false;
        id = new SegmentId(value);
        return true;
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
