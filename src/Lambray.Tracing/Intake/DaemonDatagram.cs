using System.Text.Json;

namespace Lambray.Tracing.Intake;

/// <summary>The daemon's UDP packet: a header line that names the format, a newline, and one segment document.</summary>
public static class DaemonDatagram
{
    const byte NewLine = (byte)'\n';
    const int Version = 1;

    /// <summary>The document after the header line.</summary>
    /// <returns>False when the header is not <c>{"format":"json","version":1}</c> or nothing follows it.</returns>
    public static bool TrySplit(ReadOnlyMemory<byte> datagram, out ReadOnlyMemory<byte> document)
    {
        document = default;
        var newLine = datagram.Span.IndexOf(NewLine);
        if (newLine < 0 || newLine == datagram.Length - 1 || !IsHeader(datagram.Span[..newLine])) return false;
        document = datagram[(newLine + 1)..];
        return true;
    }

    static bool IsHeader(ReadOnlySpan<byte> line)
    {
        // What nearly every SDK sends.
        if (line.SequenceEqual("""{"format":"json","version":1}"""u8)) return true;
        try
        {
            var header = JsonElement.Parse(line);
            return header.ValueKind == JsonValueKind.Object
                && header.TryGetProperty("format", out var format) && IsJson(format)
                && header.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt32(out var number) && number == Version;
        }
        // Anybody may send anything to a UDP port: what is not a header is an answer, not an error. The second: text that is no Unicode.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    static bool IsJson(JsonElement format) =>
        format.ValueKind == JsonValueKind.String && string.Equals(format.GetString(), "json", StringComparison.OrdinalIgnoreCase);
}
