using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Lambray.Resources.EventPatterns;

/// <summary>A pattern that events must fit: of event source mappings ("Control which events Lambda sends to your function") and of subscriptions ("Amazon SNS subscription filter policies").</summary>
/// <remarks>
/// <code>
/// {"body": {"amount": [{"numeric": ["&gt;", 100]}], "$or": [{"kind": ["a", "b"]}, {"note": [{"exists": false}]}]}}
/// </code>
/// All fields of an object must fit, of an array of conditions any one.
/// </remarks>
public sealed class EventPattern
{
    const string Or = "$or";

    // Deeper ones no event could fit.
    const int DepthMax = 64;

    readonly Node root;

    EventPattern(Node root) => this.root = root;

    /// <returns>False for what is no pattern: no JSON object, an empty one, a value that stands alone, a condition that there is not.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EventPattern? pattern, PatternDialect dialect = PatternDialect.Mappings)
    {
        pattern = null;
        if (text is null) return false;
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax });
            pattern = new Reader(dialect).ReadObject(json.RootElement) is { } root ? new EventPattern(root) : null;
        }
        catch (JsonException)
        {
            // What is no JSON is no pattern.
        }
        return pattern is not null;
    }

    /// <summary>Whether a record, such as a queue's message with its body as JSON, fits.</summary>
    public bool Fits(JsonElement record) => root.Fits(record);

    // The text of a pattern, as one dialect has it.
    sealed class Reader(PatternDialect dialect)
    {
        public AllOf? ReadObject(JsonElement json)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.EnumerateObject().Any()) return null;
            var parts = new List<Node>();
            foreach (var property in json.EnumerateObject())
            {
                if (ReadProperty(property) is not { } part) return null;
                parts.Add(part);
            }
            return new AllOf(parts);
        }

        Node? ReadProperty(JsonProperty property) => property.Value.ValueKind switch
        {
            JsonValueKind.Array when property.Name == Or && property.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) => ReadOr(property.Value),
            JsonValueKind.Array => ReadConditions(property.Value) is { } conditions ? new Field(property.Name, new AnyValue(conditions)) : null,
            JsonValueKind.Object => ReadObject(property.Value) is { } inner ? new Field(property.Name, new AnyObject(inner)) : null,
            _ => null,
        };

        AnyOf? ReadOr(JsonElement alternatives)
        {
            var read = alternatives.EnumerateArray().Select(ReadObject).OfType<AllOf>().ToList();
            return read.Count > 0 && read.Count == alternatives.GetArrayLength() ? new AnyOf(read) : null;
        }

        List<FieldCondition>? ReadConditions(JsonElement array)
        {
            var conditions = array.EnumerateArray().Select(item => FieldCondition.Read(item, dialect)).OfType<FieldCondition>().ToList();
            return conditions.Count > 0 && conditions.Count == array.GetArrayLength() ? conditions : null;
        }
    }

    // What an object, or the value of one of its fields, is asked for.
    abstract record Node
    {
        /// <param name="value">Null where the field is missing.</param>
        public abstract bool Fits(JsonElement? value);
    }

    sealed record AllOf(IReadOnlyList<Node> Parts) : Node
    {
        public override bool Fits(JsonElement? value) => Parts.All(part => part.Fits(value));
    }

    sealed record AnyOf(IReadOnlyList<Node> Alternatives) : Node
    {
        public override bool Fits(JsonElement? value) => Alternatives.Any(alternative => alternative.Fits(value));
    }

    sealed record Field(string Name, Node Of) : Node
    {
        public override bool Fits(JsonElement? value) =>
            Of.Fits(value is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(Name, out var found) ? found : null);
    }

    sealed record AnyObject(AllOf Inner) : Node
    {
        public override bool Fits(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Any(item => Inner.Fits(item))
            : Inner.Fits(value);
    }

    sealed record AnyValue(IReadOnlyList<FieldCondition> Conditions) : Node
    {
        public override bool Fits(JsonElement? value) => Conditions.Any(condition => condition.Fits(value));
    }
}
