using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lambray.Resources.Logs.FilterPatterns;

/// <summary>The way to values in JSON: <c>$.user.roles[0]</c>, <c>$.list[*].name</c>, <c>$.['dotted.name']</c>.</summary>
sealed class JsonSelector
{
    readonly IReadOnlyList<Func<JsonElement, IEnumerable<JsonElement>>> steps;

    JsonSelector(string text, IReadOnlyList<Func<JsonElement, IEnumerable<JsonElement>>> steps) => (Text, this.steps) = (text, steps);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    public static JsonSelector Read(PatternText text)
    {
        text.SkipSpace();
        var (written, steps) = (new StringBuilder(), new List<Func<JsonElement, IEnumerable<JsonElement>>>());
        if (text.TakeWhile(next => next == '$') != "$") throw PatternText.Invalid();
        written.Append('$');
        while (text.Peek is '.' or '[')
        {
            if (text.TakeWhile(next => next == '.') is { Length: > 0 } dot)
            {
                written.Append(dot);
                if (text.Peek != '[')
                {
                    var name = text.TakeWhile(next => char.IsLetterOrDigit(next) || next is '_' or '-' or '@' or '#');
                    if (dot.Length > 1 || name.Length == 0) throw PatternText.Invalid();
                    written.Append(name);
                    steps.Add(value => Property(value, name));
                    continue;
                }
            }
            var bracket = text.TakeWhile(next => next != ']') + text.TakeWhile(next => next == ']');
            written.Append(bracket);
            steps.Add(Bracket(bracket) ?? throw PatternText.Invalid());
        }
        return steps.Count > 0 ? new JsonSelector(written.ToString(), steps) : throw PatternText.Invalid();
    }

    public IEnumerable<JsonElement> Select(JsonElement root) => steps.Aggregate((IEnumerable<JsonElement>)[root], (values, step) => values.SelectMany(step));

    /// <summary>A value as conditions compare it; null for objects, arrays and null.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    static Func<JsonElement, IEnumerable<JsonElement>>? Bracket(string bracket) => bracket switch
    {
        "[*]" => value => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [],
        ['[', '\'' or '"', .. var name, '\'' or '"', ']'] => value => Property(value, name),
        ['[', .. var digits, ']'] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) =>
            value => value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength() ? [value[index]] : [],
        _ => null,
    };

    static IEnumerable<JsonElement> Property(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var property) ? [property] : [];
}
