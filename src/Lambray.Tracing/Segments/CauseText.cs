using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>A cause as runtimes hand it over, outside of any document.</summary>
public static class CauseText
{
    /// <summary>Null when the text is no cause; what a runtime sends is not ours to trust.</summary>
    public static Cause? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return CauseReader.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
