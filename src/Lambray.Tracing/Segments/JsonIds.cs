using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Reads ids where they stand in JSON, without making texts of them first.</summary>
static class JsonIds
{
    const int QuotesLength = 2;

    /// <summary>False for what is no text too.</summary>
    public static bool TryRead(JsonElement value, out SegmentId id)
    {
        Span<char> text = stackalloc char[SegmentId.TextLength];
        id = default;
        return TryReadText(value, text) && SegmentId.TryParse(text, out id);
    }

    public static bool TryRead(JsonElement value, out TraceId id)
    {
        Span<char> text = stackalloc char[TraceId.TextLength];
        id = default;
        return TryReadText(value, text) && TraceId.TryParse(text, out id);
    }

    // What is not ASCII, and so no digit, becomes some other character that is none either.
    static bool TryReadText(JsonElement value, Span<char> text)
    {
        if (value.ValueKind != JsonValueKind.String) return false;
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Contains((byte)'\\')) return value.GetString()!.TryCopyTo(text) && value.GetString()!.Length == text.Length;
        if (raw.Length != text.Length + QuotesLength) return false;
        for (var index = 0; index < text.Length; index++) text[index] = (char)raw[index + 1];
        return true;
    }
}
