using System.Text.Json;

namespace Lambray.Resources.Logs.FilterPatterns;

/// <summary>A condition on a message that is JSON: <c>{ $.level = "ERROR" &amp;&amp; ($.code &gt;= 500 || $.retry IS TRUE) }</c>.</summary>
sealed class JsonPattern : FilterPattern
{
    // A condition in a condition in a condition…: the reader calls itself.
    const int DepthMax = 32;

    readonly List<JsonSelector> selectors = [];
    readonly Func<JsonElement, bool> condition;

    JsonPattern(PatternText text)
    {
        text.Take("{");
        condition = ReadAny(text, depth: 0);
        text.Take("}");
    }

    public static JsonPattern Read(PatternText text) => new(text);

    public override bool Matches(string message) => TryParse(message) is { } root && condition(root);

    public override IReadOnlyDictionary<string, string> Extract(string message)
    {
        var extracted = new Dictionary<string, string>();
        if (TryParse(message) is { } root)
            foreach (var selector in selectors)
                if (selector.Select(root).Select(JsonSelector.TextOf).FirstOrDefault() is { } value) extracted[selector.Text] = value;
        return extracted;
    }

    static JsonElement? TryParse(string message)
    {
        try
        {
            var root = JsonElement.Parse(message);
            return root.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    Func<JsonElement, bool> ReadAny(PatternText text, int depth)
    {
        if (depth > DepthMax) throw PatternText.Invalid();
        var first = ReadAll(text, depth);
        while (text.TryTake("||"))
        {
            var (left, right) = (first, ReadAll(text, depth));
            first = root => left(root) || right(root);
        }
        return first;
    }

    Func<JsonElement, bool> ReadAll(PatternText text, int depth)
    {
        var first = ReadOne(text, depth);
        while (text.TryTake("&&"))
        {
            var (left, right) = (first, ReadOne(text, depth));
            first = root => left(root) && right(root);
        }
        return first;
    }

    Func<JsonElement, bool> ReadOne(PatternText text, int depth)
    {
        if (text.TryTake("("))
        {
            var inner = ReadAny(text, depth + 1);
            text.Take(")");
            return inner;
        }
        var selector = JsonSelector.Read(text);
        selectors.Add(selector);
        if (ValueCondition.TryRead(text, endsWord: ")}&|") is { } comparison)
            return root => selector.Select(root).Any(value => JsonSelector.TextOf(value) is { } read && comparison.Holds(read, NumberOf(value)));
        if (text.TryTakeWord("NOT"))
        {
            if (!text.TryTakeWord("EXISTS")) throw PatternText.Invalid();
            return root => !selector.Select(root).Any();
        }
        if (!text.TryTakeWord("IS")) throw PatternText.Invalid();
        var kind = text.TryTakeWord("NULL") ? JsonValueKind.Null
            : text.TryTakeWord("TRUE") ? JsonValueKind.True
            : text.TryTakeWord("FALSE") ? JsonValueKind.False
            : throw PatternText.Invalid();
        return root => selector.Select(root).Any(value => value.ValueKind == kind);
    }

    static double? NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
