using System.Text.Json;

namespace Lambray.Daemon.Receiving;

/// <summary>The first line of a packet, <c>{"format":"json","version":1}</c>; the document follows it.</summary>
static class SegmentHeader
{
    /// <summary>What nearly all SDKs send; anything else is read as JSON.</summary>
    static ReadOnlySpan<byte> Usual => """{"format":"json","version":1}"""u8;

    static ReadOnlySpan<byte> UsualWithSpaces => """{"format": "json", "version": 1}"""u8;

    /// <summary>Where the document begins. Does not allocate, and does not look into the document: that is the service's to judge.</summary>
    /// <returns>What is wrong otherwise.</returns>
    public static PacketFault TryFindDocument(ReadOnlySpan<byte> packet, out int start)
    {
        start = packet.IndexOf((byte)'\n') + 1;
        if (start == 0 || start == packet.Length) return PacketFault.Incomplete;
        return IsHeader(packet[..(start - 1)]) ? PacketFault.None : PacketFault.BadHeader;
    }

    static bool IsHeader(ReadOnlySpan<byte> line)
    {
        if (line.SequenceEqual(Usual) || line.SequenceEqual(UsualWithSpaces)) return true;
        try
        {
            return IsHeaderObject(line);
        }
        // Anybody may send anything to a UDP port.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    static bool IsHeaderObject(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        bool isJson = false, isFirstVersion = false;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isFormat, isVersion) = (json.ValueTextEquals("format"u8), json.ValueTextEquals("version"u8));
            if (!json.Read()) return false;
            if (isFormat) isJson = json.TokenType == JsonTokenType.String && string.Equals(json.GetString(), "json", StringComparison.OrdinalIgnoreCase);
            if (isVersion) isFirstVersion = json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var version) && version == 1;
            json.Skip();
        }
        return isJson && isFirstVersion;
    }
}

/// <summary>Why a packet holds no segment.</summary>
enum PacketFault
{
    None,

    /// <summary>No line break, or nothing behind it.</summary>
    Incomplete,

    BadHeader,
}
