using System.Buffers;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Items;

public enum KeyOperator
{
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    BeginsWith,
    Between,
}

/// <summary>What a key attribute has to be.</summary>
/// <param name="High">Of Between, whose <paramref name="Value"/> is the low end.</param>
public sealed record KeyTest(KeyOperator Operator, AttributeValue Value, AttributeValue? High = null);

/// <summary>Which items of a table or an index a query is about: one partition, and part of its order.</summary>
public sealed class KeyConditions
{
    readonly IReadOnlyDictionary<string, KeyTest> tests;

    /// <exception cref="AwsException">There are none, or too many.</exception>
    public KeyConditions(IReadOnlyDictionary<string, KeyTest> tests)
    {
        if (tests.Count is not (1 or 2)) throw DynamoErrors.Invalid("Conditions can be of length 1 or 2 only");
        this.tests = tests;
    }

    /// <summary>Of a key condition expression.</summary>
    /// <exception cref="AwsException">It has other conditions than keys can have.</exception>
    public static KeyConditions Of(Condition condition)
    {
        var tests = new Dictionary<string, KeyTest>(StringComparer.Ordinal);
        Add(condition, tests);
        return new KeyConditions(tests);
    }

    /// <exception cref="AwsException">They are not of this table or index.</exception>
    public (byte[] Start, byte[] End) RangeIn(TableModel table, IndexModel? index)
    {
        var key = index?.Key ?? table.Key;
        RequireFit(key);
        var partition = ItemKeys.OfPartition(index?.Number ?? table.Number, tests[key.Partition.Name].Value);
        if (key.Sort is not { } sort || !tests.TryGetValue(sort.Name, out var test)) return (partition, ItemKeys.After(partition));
        var place = Place(partition, test.Value);
        return test.Operator switch
        {
            KeyOperator.Equal => (place, ItemKeys.After(place)),
            KeyOperator.Less => (partition, place),
            KeyOperator.LessOrEqual => (partition, ItemKeys.After(place)),
            KeyOperator.Greater => (ItemKeys.After(place), ItemKeys.After(partition)),
            KeyOperator.GreaterOrEqual => (place, ItemKeys.After(partition)),
            KeyOperator.Between => (place, ItemKeys.After(Place(partition, test.High!))),
            _ => (Prefix(partition, test.Value), ItemKeys.After(Prefix(partition, test.Value))),
        };
    }

    /// <summary>The value that the partition key has to have; null when the conditions do not say.</summary>
    public AttributeValue? Partition(KeySchema key) => tests.GetValueOrDefault(key.Partition.Name) is { Operator: KeyOperator.Equal } test ? test.Value : null;

    /// <summary>Whether a key from which to go on can be one of these.</summary>
    /// <exception cref="AwsException">It cannot.</exception>
    public void RequireWithin(KeySchema key, MapValue start)
    {
        var isOutside = !start.Find(key.Partition.Name)!.Equals(tests[key.Partition.Name].Value);
        if (key.Sort is { } sort && tests.TryGetValue(sort.Name, out var test))
        {
            if (!Holds(test, start.Find(sort.Name))) throw DynamoErrors.Invalid("The provided starting key does not match the range key predicate");
            if (isOutside) throw DynamoErrors.Invalid("The query can return at most one row and cannot be restarted");
        }
        if (isOutside) throw DynamoErrors.Invalid("The provided starting key is outside query boundaries based on provided conditions");
    }

    void RequireFit(KeySchema key)
    {
        if (key.Sort is null && tests.Count > 1) throw DynamoErrors.Invalid("Query key condition not supported");
        foreach (var attribute in key.Attributes)
        {
            var isPartition = attribute == key.Partition;
            if (!tests.TryGetValue(attribute.Name, out var test))
            {
                if (isPartition || tests.Count > 1) throw DynamoErrors.Invalid($"Query condition missed key schema element: {attribute.Name}");
                continue;
            }
            if (test.Value.Type != attribute.Type || (test.High is { } high && high.Type != attribute.Type))
                throw DynamoErrors.InvalidValues("Condition parameter type does not match schema type");
            if (isPartition && test.Operator != KeyOperator.Equal) throw DynamoErrors.Invalid("Query key condition not supported");
            if (test.Value is StringValue { Text.Length: 0 } or BinaryValue { Bytes.Length: 0 } && test.Operator != KeyOperator.BeginsWith)
                throw DynamoErrors.InvalidValues(
                    $"The AttributeValue for a key attribute cannot contain an empty {(test.Value is StringValue ? "string" : "binary")} value. Key: {attribute.Name}");
            if (test.Operator == KeyOperator.BeginsWith && attribute.Type == AttributeType.N)
                throw DynamoErrors.Invalid("Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N");
        }
    }

    static bool Holds(KeyTest test, AttributeValue? value)
    {
        if (test.Operator == KeyOperator.BeginsWith) return value is not null && new BeginsWith(new ConstantOperand(value), new ConstantOperand(test.Value)).Holds(MapValue.Empty);
        return ValueOrder.Compare(value, test.Value) is { } order && test.Operator switch
        {
            KeyOperator.Equal => order == 0,
            KeyOperator.Less => order < 0,
            KeyOperator.LessOrEqual => order <= 0,
            KeyOperator.Greater => order > 0,
            KeyOperator.GreaterOrEqual => order >= 0,
            _ => order >= 0 && ValueOrder.Compare(value, test.High) <= 0,
        };
    }

    static byte[] Place(byte[] partition, AttributeValue value)
    {
        var key = new ArrayBufferWriter<byte>();
        key.Write(partition);
        KeyBytes.WriteOrdered(key, value);
        return key.WrittenSpan.ToArray();
    }

    static byte[] Prefix(byte[] partition, AttributeValue value)
    {
        var key = new ArrayBufferWriter<byte>();
        key.Write(partition);
        KeyBytes.WritePrefix(key, value);
        return key.WrittenSpan.ToArray();
    }

    static void Add(Condition condition, Dictionary<string, KeyTest> tests)
    {
        switch (condition)
        {
            case And and:
                Add(and.Left, tests);
                Add(and.Right, tests);
                break;
            case Comparison { Operator: not ComparisonOperator.NotEqual } comparison:
                Add(comparison, tests);
                break;
            case Between between:
                Add(tests, AttributeOf(between.Value, "BETWEEN"), KeyOperator.Between, ValueOf(between.Low), ValueOf(between.High));
                break;
            case BeginsWith begins:
                Add(tests, AttributeOf(begins.Value, "begins_with"), KeyOperator.BeginsWith, ValueOf(begins.Prefix));
                break;
            default:
                throw DynamoErrors.Invalid($"Invalid operator used in KeyConditionExpression: {NameOf(condition)}");
        }
    }

    static void Add(Comparison comparison, Dictionary<string, KeyTest> tests)
    {
        if (comparison.Left is SizeOperand || comparison.Right is SizeOperand) throw DynamoErrors.Invalid("KeyConditionExpressions cannot contain nested operations");
        if (comparison is { Left: PathOperand, Right: PathOperand })
            throw DynamoErrors.Invalid("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
        if (comparison is { Left: ConstantOperand, Right: ConstantOperand })
            throw DynamoErrors.Invalid("Invalid condition in KeyConditionExpression: No key attribute specified");
        var isTurned = comparison.Left is ConstantOperand;
        var (path, value) = isTurned ? (comparison.Right, comparison.Left) : (comparison.Left, comparison.Right);
        var keyOperator = comparison.Operator switch
        {
            ComparisonOperator.Equal => KeyOperator.Equal,
            ComparisonOperator.Less => isTurned ? KeyOperator.Greater : KeyOperator.Less,
            ComparisonOperator.LessOrEqual => isTurned ? KeyOperator.GreaterOrEqual : KeyOperator.LessOrEqual,
            ComparisonOperator.Greater => isTurned ? KeyOperator.Less : KeyOperator.Greater,
            _ => isTurned ? KeyOperator.LessOrEqual : KeyOperator.GreaterOrEqual,
        };
        Add(tests, AttributeOf(path, ""), keyOperator, ValueOf(value));
    }

    static void Add(Dictionary<string, KeyTest> tests, string attribute, KeyOperator keyOperator, AttributeValue value, AttributeValue? high = null)
    {
        if (!tests.TryAdd(attribute, new KeyTest(keyOperator, value, high)))
            throw DynamoErrors.Invalid("KeyConditionExpressions must only contain one condition per key");
    }

    static string AttributeOf(Operand operand, string name)
    {
        if (operand is not PathOperand path)
            throw DynamoErrors.Invalid($"Invalid condition in KeyConditionExpression: {name} operator must have the key attribute as its first operand");
        return path.Path.IsNested ? throw DynamoErrors.Invalid("KeyConditionExpressions cannot have conditions on nested attributes") : path.Path.Attribute;
    }

    static AttributeValue ValueOf(Operand operand) => operand switch
    {
        ConstantOperand constant => constant.Value,
        PathOperand => throw DynamoErrors.Invalid("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"),
        _ => throw DynamoErrors.Invalid("KeyConditionExpressions cannot contain nested operations"),
    };

    static string NameOf(Condition condition) => condition switch
    {
        Or => "OR",
        Not => "NOT",
        In => "IN",
        AttributeExists => "attribute_exists",
        AttributeNotExists => "attribute_not_exists",
        HasType => "attribute_type",
        Contains => "contains",
        _ => "<>",
    };
}
