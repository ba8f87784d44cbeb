using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Legacy;

/// <summary>What an attribute is expected to be before a write: the parameter <c>Expected</c>, in both of its forms.</summary>
public sealed record ExpectedAttribute(AttributeValue? Value, bool? Exists, string? Operator, IReadOnlyList<AttributeValue>? Values)
{
    /// <exception cref="AwsException">Its parts do not go together.</exception>
    public Condition On(string attribute)
    {
        if (Values is not null && Value is not null) throw DynamoErrors.InvalidValues($"Value and AttributeValueList cannot be used together for Attribute: {attribute}");
        if (Operator is { } comparison)
        {
            if (Exists is not null) throw DynamoErrors.InvalidValues($"Exists and ComparisonOperator cannot be used together for Attribute: {attribute}");
            if (comparison is not ("NULL" or "NOT_NULL") && Values is null && Value is null)
                throw DynamoErrors.InvalidValues($"Value or AttributeValueList must be used with ComparisonOperator: {comparison} for Attribute: {attribute}");
            return new AttributeCondition(comparison, Values ?? (Value is null ? [] : [Value])).Checked().On(attribute);
        }
        if (Values is not null) throw DynamoErrors.InvalidValues($"AttributeValueList can only be used with a ComparisonOperator for Attribute: {attribute}");
        var exists = Exists ?? true;
        if (exists && Value is null)
            throw DynamoErrors.InvalidValues($"Value must be provided when Exists is {(Exists is null ? "null" : "true")} for Attribute: {attribute}");
        if (!exists && Value is not null) throw DynamoErrors.InvalidValues($"Value cannot be used when Exists is false for Attribute: {attribute}");
        return exists ? new AttributeCondition("EQ", [Value!]).Checked().On(attribute) : new AttributeNotExists(DocumentPath.To(attribute));
    }
}
