using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>The expressions of one request, read in AWS's order; each may be absent.</summary>
public sealed class RequestExpressions
{
    readonly Placeholders placeholders;

    /// <exception cref="AwsException">Names or values are not acceptable, an expression is none, or not all names and values are used.</exception>
    public RequestExpressions(
        IReadOnlyDictionary<string, string>? names, IReadOnlyDictionary<string, AttributeValue>? values,
        string? update = null, string? condition = null, string? keyCondition = null, string? filter = null, string? projection = null)
    {
        placeholders = new Placeholders(names, values);
        if (update is not null) Update = new UpdateParser(update, placeholders).Parse();
        if (condition is not null) Condition = Read(condition, "ConditionExpression");
        if (keyCondition is not null) KeyCondition = Read(keyCondition, "KeyConditionExpression");
        if (filter is not null) Filter = Read(filter, "FilterExpression");
        if (projection is not null) Projection = new ProjectionParser(projection, placeholders).Parse();
        placeholders.RequireAllUsed();
    }

    public Update? Update { get; }

    public Condition? Condition { get; }

    public Condition? KeyCondition { get; }

    public Condition? Filter { get; }

    public Projection? Projection { get; }

    Condition Read(string text, string expression) => new ConditionParser(text, expression, placeholders).Parse();
}
