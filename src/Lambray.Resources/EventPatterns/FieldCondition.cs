using System.Net;
using System.Text.Json;

namespace Lambray.Resources.EventPatterns;

/// <summary>One condition on a field's value; of a value that is an array, any element may fulfil it.</summary>
abstract record FieldCondition
{
    /// <returns>Null for what is no condition.</returns>
    public static FieldCondition? Read(JsonElement json, PatternDialect dialect) => json.ValueKind switch
    {
        JsonValueKind.Object => ReadOperator(json, dialect),
        JsonValueKind.Array => null,
        _ => new EqualTo(json.Clone(), dialect == PatternDialect.Subscriptions),
    };

    /// <param name="value">Null where the field is missing.</param>
    public virtual bool Fits(JsonElement? value) => value switch
    {
        null => false,
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Any(FitsOne),
        { } one => FitsOne(one),
    };

    protected abstract bool FitsOne(JsonElement value);

    static FieldCondition? ReadOperator(JsonElement json, PatternDialect dialect)
    {
        var properties = json.EnumerateObject().ToArray();
        if (properties is not [var only]) return null;
        return (only.Name, only.Value.ValueKind) switch
        {
            ("exists", JsonValueKind.True or JsonValueKind.False) => new Existing(only.Value.GetBoolean()),
            ("prefix", _) => ReadText(only.Value, "prefix"),
            ("suffix", _) => ReadText(only.Value, "suffix"),
            ("equals-ignore-case", JsonValueKind.String) => new TextCondition("equals-ignore-case", only.Value.GetString()!, IgnoresCase: true),
            ("anything-but", _) => ReadAnythingBut(only.Value, dialect),
            ("numeric", JsonValueKind.Array) => NumericRange.ReadLimits(only.Value),
            ("cidr", JsonValueKind.String) when dialect != PatternDialect.Mappings && IPNetwork.TryParse(only.Value.GetString(), out var network) => new Addresses(network),
            ("wildcard", JsonValueKind.String) when dialect != PatternDialect.Mappings => new Wildcard(only.Value.GetString()!),
            _ => null,
        };
    }

    // {"prefix": "a"} or {"prefix": {"equals-ignore-case": "a"}}
    static TextCondition? ReadText(JsonElement value, string kind) => value.ValueKind switch
    {
        JsonValueKind.String => new TextCondition(kind, value.GetString()!, IgnoresCase: false),
        JsonValueKind.Object when value.EnumerateObject().ToArray() is [{ Name: "equals-ignore-case", Value: { ValueKind: JsonValueKind.String } text }] =>
            new TextCondition(kind, text.GetString()!, IgnoresCase: true),
        _ => null,
    };

    static Unlike? ReadAnythingBut(JsonElement value, PatternDialect dialect)
    {
        var refused = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value };
        // {"anything-but": {"prefix": ["a", "b"]}}: each of them.
        if (dialect == PatternDialect.Rules && value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.Array } several])
            refused = [.. several.Value.EnumerateArray().Select(item => JsonElement.Parse($$"""{"{{several.Name}}":{{item.GetRawText()}}}"""))];
        var read = refused.Select(item => Read(item, dialect)).ToArray();
        return read.Length > 0 && read.All(condition => condition is EqualTo or TextCondition or Wildcard) ? new Unlike(read!) : null;
    }

    sealed record EqualTo(JsonElement Wanted, bool ByValue) : FieldCondition
    {
        // Mappings compare numbers as they are written: 300 is not 300.0. Subscriptions compare what they are.
        protected override bool FitsOne(JsonElement value) => value.ValueKind == Wanted.ValueKind && value.ValueKind switch
        {
            JsonValueKind.String => value.ValueEquals(Wanted.GetString()),
            JsonValueKind.Number when ByValue && value.TryGetDecimal(out var number) && Wanted.TryGetDecimal(out var wanted) => number == wanted,
            JsonValueKind.Number => value.GetRawText() == Wanted.GetRawText(),
            _ => true,
        };
    }

    sealed record TextCondition(string Kind, string Text, bool IgnoresCase) : FieldCondition
    {
        protected override bool FitsOne(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.String) return false;
            var comparison = IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            var text = value.GetString()!;
            return Kind switch
            {
                "prefix" => text.StartsWith(Text, comparison),
                "suffix" => text.EndsWith(Text, comparison),
                _ => text.Equals(Text, comparison),
            };
        }
    }

    sealed record Wildcard(string Pattern) : FieldCondition
    {
        readonly string[] parts = Pattern.Split('*');

        protected override bool FitsOne(JsonElement value) => value.ValueKind == JsonValueKind.String && Matches(value.GetString()!);

        // What stands between the stars, one behind the other; a question mark is itself.
        bool Matches(string text)
        {
            if (parts.Length == 1) return text == Pattern;
            if (!text.StartsWith(parts[0], StringComparison.Ordinal)) return false;
            var at = parts[0].Length;
            foreach (var part in parts[1..^1])
            {
                var found = text.IndexOf(part, at, StringComparison.Ordinal);
                if (found < 0) return false;
                at = found + part.Length;
            }
            return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
        }
    }

    sealed record Addresses(IPNetwork Network) : FieldCondition
    {
        protected override bool FitsOne(JsonElement value) =>
            value.ValueKind == JsonValueKind.String && IPAddress.TryParse(value.GetString(), out var address) && Network.Contains(address);
    }

    // The field has to be there, with a value that is none of these.
    sealed record Unlike(IReadOnlyList<FieldCondition> Refused) : FieldCondition
    {
        protected override bool FitsOne(JsonElement value) => !Refused.Any(condition => condition.Fits(value));
    }

    sealed record Existing(bool IsThere) : FieldCondition
    {
        // Only a value counts as being there, an object does not.
        public override bool Fits(JsonElement? value) => value is { ValueKind: not JsonValueKind.Object } == IsThere;

        protected override bool FitsOne(JsonElement value) => IsThere;
    }

    sealed record NumericRange(IReadOnlyList<(string Operator, decimal Limit)> Limits) : FieldCondition
    {
        public static NumericRange? ReadLimits(JsonElement array)
        {
            var parts = array.EnumerateArray().ToArray();
            if (parts.Length is not (2 or 4)) return null;
            var limits = parts.Chunk(2).Select(ReadLimit).ToArray();
            return limits.All(limit => limit is not null) ? new NumericRange([.. limits.Select(limit => limit!.Value)]) : null;
        }

        protected override bool FitsOne(JsonElement value) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Limits.All(limit => limit.Operator switch
            {
                "<" => number < limit.Limit,
                "<=" => number <= limit.Limit,
                ">" => number > limit.Limit,
                ">=" => number >= limit.Limit,
                _ => number == limit.Limit,
            });

        static (string, decimal)? ReadLimit(JsonElement[] pair) =>
            pair is [{ ValueKind: JsonValueKind.String } sign, { ValueKind: JsonValueKind.Number } number]
            && sign.GetString() is "<" or "<=" or ">" or ">=" or "=" && number.TryGetDecimal(out var limit)
                ? (sign.GetString()!, limit)
                : null;
    }
}
