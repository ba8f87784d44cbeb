using System.Text;
using System.Text.Json;

namespace Lambray.Resources.Iam.Policies;

/// <summary>Where the statements of a policy stand in its text, as the simulator tells it ("SimulateCustomPolicy" in the API reference).</summary>
/// <remarks>
/// As AWS's parser counts: a statement begins behind whatever stands before it in its list, and behind its own brace when it is alone.
/// <code>
/// {"Statement":[{…},{…}]}        {"Statement":{…}}
///               1  12  2                       1 1
/// </code>
/// </remarks>
static class StatementPositions
{
    public static IReadOnlyList<(TextPosition Start, TextPosition End)> Of(string json)
    {
        var text = Encoding.UTF8.GetBytes(json);
        return [.. Offsets(text).Select(offsets => (At(text, offsets.Start), At(text, offsets.End)))];
    }

    static List<(int Start, int End)> Offsets(byte[] text)
    {
        var offsets = new List<(int Start, int End)>();
        var reader = new Utf8JsonReader(text);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStatement = reader.ValueTextEquals("Statement"u8);
            reader.Read();
            var start = (int)reader.BytesConsumed;
            if (isStatement && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    reader.Skip();
                    offsets.Add((start, start = (int)reader.BytesConsumed));
                }
                continue;
            }
            reader.Skip();
            if (isStatement) offsets.Add((start, (int)reader.BytesConsumed));
        }
        return offsets;
    }

    static TextPosition At(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..offset];
        return new TextPosition(1 + before.Count((byte)'\n'), 1 + Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]));
    }
}

/// <summary>A place in a text; both numbers begin at 1.</summary>
public readonly record struct TextPosition(int Line, int Column);
