using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Tracing.ServiceGraph;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>Writes the entries of histograms, of which a map has tens of thousands: their values are whole milliseconds, and are written as such.</summary>
sealed class HistogramEntryConverter : JsonConverter<HistogramEntry>
{
    // The names and two numbers.
    const int BytesMax = 64;

    public override HistogramEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Only answers have histograms.");

    public override void Write(Utf8JsonWriter writer, HistogramEntry entry, JsonSerializerOptions options)
    {
        Span<byte> json = stackalloc byte[BytesMax];
        var length = Add("{\"Value\":"u8, json);
        length += WriteSeconds((long)Math.Round(entry.Value * 1000), json[length..]);
        length += Add(",\"Count\":"u8, json[length..]);
        Utf8Formatter.TryFormat(entry.Count, json[length..], out var digits);
        length += digits;
        json[length++] = (byte)'}';
        writer.WriteRawValue(json[..length], skipInputValidation: true);
    }

    static int Add(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text.CopyTo(to);
        return text.Length;
    }

    // As .NET writes a double: 0.5, 12, 0.003.
    static int WriteSeconds(long milliseconds, Span<byte> to)
    {
        // A clock that is behind makes a message arrive before it was sent.
        to[0] = (byte)'-';
        var sign = milliseconds < 0 ? 1 : 0;
        milliseconds = Math.Abs(milliseconds);
        Utf8Formatter.TryFormat(milliseconds / 1000, to[sign..], out var length);
        length += sign;
        var rest = (int)(milliseconds % 1000);
        if (rest == 0) return length;
        to[length++] = (byte)'.';
        for (var digit = 100; rest > 0; rest %= digit, digit /= 10) to[length++] = (byte)('0' + rest / digit);
        return length;
    }
}
