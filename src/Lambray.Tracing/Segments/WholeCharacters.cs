using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Refuses half of a surrogate pair ("\ud83d"): valid JSON that no string can hold. Found at the door, it cannot surprise a later reader.</summary>
static class WholeCharacters
{
    /// <exception cref="JsonException">There is such a half.</exception>
    public static void Require(ReadOnlySpan<byte> json, int depthMax)
    {
        if (json.IndexOf(@"\u"u8) < 0) return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = depthMax });
        while (reader.Read())
        {
            if (!reader.ValueIsEscaped) continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException error)
            {
                throw new JsonException("half of a surrogate pair", error);
            }
        }
    }
}
