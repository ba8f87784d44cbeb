using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.PartiQl;

/// <summary>What a statement says of keys, found among the conditions that AND joins.</summary>
public static class StatementKeys
{
    /// <summary>The key of the one item that is written, and what else has to hold of it.</summary>
    /// <exception cref="AwsException">The statement does not name one item.</exception>
    public static (MapValue Key, Condition? Others) Single(TableModel table, Condition? where)
    {
        var key = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        Condition? rest = null;
        foreach (var condition in Joined(where))
        {
            if (EqualityOf(condition) is { } equality && table.Key.Has(equality.Name) && key.TryAdd(equality.Name, equality.Value)) continue;
            rest = rest is null ? condition : new And(rest, condition);
        }
        return table.Key.Names.All(key.ContainsKey)
            ? (new MapValue(key), rest)
            : throw DynamoErrors.Invalid("Where clause does not contain a mandatory equality on all key attributes");
    }

    /// <summary>The one value that the partition key has to have; null when the statement does not say.</summary>
    public static AttributeValue? Partition(KeySchema key, Condition? where) =>
        Joined(where).Select(EqualityOf).FirstOrDefault(equality => equality?.Name == key.Partition.Name)?.Value;

    /// <summary>Where what is selected lies: one partition when the statement names it, else everywhere.</summary>
    public static (byte[] Start, byte[] End) RangeOf(TableModel table, IndexModel? index, Condition? where)
    {
        var schema = index?.Key ?? table.Key;
        var tests = new Dictionary<string, KeyTest>(StringComparer.Ordinal);
        foreach (var condition in Joined(where))
            if (TestOf(condition) is { } found && schema.Attributes.FirstOrDefault(attribute => attribute.Name == found.Name)?.Type == found.Test.Value.Type) tests.TryAdd(found.Name, found.Test);
        if (tests.GetValueOrDefault(schema.Partition.Name) is not { Operator: KeyOperator.Equal, Value: not (StringValue { Text: "" } or BinaryValue { Bytes: [] }) }) return TableRange.Of(table, index);
        return new KeyConditions(tests).RangeIn(table, index);
    }

    static IEnumerable<Condition> Joined(Condition? where) => where switch
    {
        null => [],
        And and => Joined(and.Left).Concat(Joined(and.Right)),
        _ => [where],
    };

    static (string Name, AttributeValue Value)? EqualityOf(Condition condition) => condition switch
    {
        Comparison { Operator: ComparisonOperator.Equal, Left: PathOperand { Path.IsNested: false } path, Right: ConstantOperand value } => (path.Path.Attribute, value.Value),
        Comparison { Operator: ComparisonOperator.Equal, Left: ConstantOperand value, Right: PathOperand { Path.IsNested: false } path } => (path.Path.Attribute, value.Value),
        _ => null,
    };

    static (string Name, KeyTest Test)? TestOf(Condition condition)
    {
        if (EqualityOf(condition) is { } equality) return (equality.Name, new KeyTest(KeyOperator.Equal, equality.Value));
        return condition switch
        {
            Comparison { Left: PathOperand { Path.IsNested: false } path, Right: ConstantOperand value, Operator: not ComparisonOperator.NotEqual } comparison =>
                (path.Path.Attribute, new KeyTest(OperatorOf(comparison.Operator), value.Value)),
            Between { Value: PathOperand { Path.IsNested: false } path, Low: ConstantOperand low, High: ConstantOperand high } when low.Value.Type == high.Value.Type =>
                (path.Path.Attribute, new KeyTest(KeyOperator.Between, low.Value, high.Value)),
            BeginsWith { Value: PathOperand { Path.IsNested: false } path, Prefix: ConstantOperand { Value: not NumberValue } prefix } => (path.Path.Attribute, new KeyTest(KeyOperator.BeginsWith, prefix.Value)),
            _ => null,
        };
    }

    static KeyOperator OperatorOf(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Less => KeyOperator.Less,
        ComparisonOperator.LessOrEqual => KeyOperator.LessOrEqual,
        ComparisonOperator.Greater => KeyOperator.Greater,
        _ => KeyOperator.GreaterOrEqual,
    };
}
