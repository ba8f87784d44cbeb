using System.Text.Json;

namespace Lambray.Functions.ExecutionEnvironments.Logging;

/// <summary>A line that a function printed.</summary>
static class ApplicationLine
{
    /// <summary>What its member <c>level</c> says, as Lambda reads it; Info when it says nothing known, null for a line that is no JSON object.</summary>
    public static ApplicationLogLevel? LevelOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("{"u8)) return null;
        var reader = new Utf8JsonReader(line);
        try
        {
            ApplicationLogLevel? level = null;
            for (reader.Read(); reader.Read();)
            {
                // Only the line's own members count, not those of what is in it.
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                var isLevel = reader.ValueTextEquals("level"u8);
                reader.Read();
                if (isLevel && reader.TokenType == JsonTokenType.String && LevelOf(reader.GetString()!) is { } said) level = said;
                reader.Skip();
            }
            return level ?? ApplicationLogLevel.Info;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Python and .NET have names of their own for some levels.
    static ApplicationLogLevel? LevelOf(string name) => name.ToUpperInvariant() switch
    {
        "INFORMATION" => ApplicationLogLevel.Info,
        "WARNING" => ApplicationLogLevel.Warn,
        "CRITICAL" => ApplicationLogLevel.Fatal,
        var other => Enum.TryParse<ApplicationLogLevel>(other, ignoreCase: true, out var level) ? level : null,
    };
}
