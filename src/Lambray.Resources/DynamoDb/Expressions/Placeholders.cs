using System.Text.RegularExpressions;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>The names and values that a request's expressions refer to, all of which must be used.</summary>
public sealed partial class Placeholders
{
    readonly IReadOnlyDictionary<string, string> names;
    readonly IReadOnlyDictionary<string, AttributeValue> values;
    readonly HashSet<string> unusedNames;
    readonly HashSet<string> unusedValues;

    /// <exception cref="Aws.AwsException">One of them is not acceptable.</exception>
    public Placeholders(IReadOnlyDictionary<string, string>? names, IReadOnlyDictionary<string, AttributeValue>? values)
    {
        if (names is { Count: 0 }) throw DynamoErrors.Invalid("ExpressionAttributeNames must not be empty");
        foreach (var name in names?.Keys ?? [])
            if (!NameRegex().IsMatch(name)) throw DynamoErrors.Invalid($"ExpressionAttributeNames contains invalid key: Syntax error; key: \"{name}\"");
        if (values is { Count: 0 }) throw DynamoErrors.Invalid("ExpressionAttributeValues must not be empty");
        foreach (var name in values?.Keys ?? [])
            if (!ValueRegex().IsMatch(name)) throw DynamoErrors.Invalid($"ExpressionAttributeValues contains invalid key: Syntax error; key: \"{name}\"");
        foreach (var (name, value) in values ?? new Dictionary<string, AttributeValue>())
            if (value is FaultyValue faulty) throw DynamoErrors.Invalid($"ExpressionAttributeValues contains invalid value: {faulty.Message} for key {name}");
        this.names = names ?? new Dictionary<string, string>();
        this.values = values ?? new Dictionary<string, AttributeValue>();
        unusedNames = [.. this.names.Keys];
        unusedValues = [.. this.values.Keys];
    }

    public string? FindName(string placeholder)
    {
        unusedNames.Remove(placeholder);
        return names.GetValueOrDefault(placeholder);
    }

    public AttributeValue? FindValue(string placeholder)
    {
        unusedValues.Remove(placeholder);
        return values.GetValueOrDefault(placeholder);
    }

    /// <summary>Once all expressions have been read.</summary>
    /// <exception cref="Aws.AwsException">Some were not used.</exception>
    public void RequireAllUsed()
    {
        if (unusedNames.Count > 0) throw DynamoErrors.Invalid($"Value provided in ExpressionAttributeNames unused in expressions: keys: {{{string.Join(", ", unusedNames)}}}");
        if (unusedValues.Count > 0) throw DynamoErrors.Invalid($"Value provided in ExpressionAttributeValues unused in expressions: keys: {{{string.Join(", ", unusedValues)}}}");
    }

    [GeneratedRegex(@"^#[0-9a-zA-Z_]+\z")]
    private static partial Regex NameRegex();

    [GeneratedRegex(@"^:[0-9a-zA-Z_]+\z")]
    private static partial Regex ValueRegex();
}
