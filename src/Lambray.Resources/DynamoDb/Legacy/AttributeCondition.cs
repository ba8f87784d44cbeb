using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Legacy;

/// <summary>A condition as it was written before there were expressions ("Legacy conditional parameters" in the Developer Guide).</summary>
/// <param name="Operator">EQ, NE, IN, LE, LT, GE, GT, BETWEEN, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS or BEGINS_WITH.</param>
public sealed record AttributeCondition(string Operator, IReadOnlyList<AttributeValue> Values)
{
    static readonly Dictionary<string, (int Min, int Max, string Types)> Rules = new()
    {
        ["EQ"] = (1, 1, "S N B SS NS BS L M BOOL NULL"),
        ["NE"] = (1, 1, "S N B SS NS BS L M BOOL NULL"),
        ["LE"] = (1, 1, "S N B"),
        ["LT"] = (1, 1, "S N B"),
        ["GE"] = (1, 1, "S N B"),
        ["GT"] = (1, 1, "S N B"),
        ["CONTAINS"] = (1, 1, "S N B BOOL NULL"),
        ["NOT_CONTAINS"] = (1, 1, "S N B BOOL NULL"),
        ["BEGINS_WITH"] = (1, 1, "S B"),
        ["IN"] = (1, int.MaxValue, "S N B"),
        ["BETWEEN"] = (2, 2, "S N B"),
        ["NULL"] = (0, 0, ""),
        ["NOT_NULL"] = (0, 0, ""),
    };

    public static IReadOnlyCollection<string> Operators => Rules.Keys;

    /// <exception cref="AwsException">The values do not fit the operator.</exception>
    public AttributeCondition Checked()
    {
        foreach (var value in Values)
            if (value is FaultyValue faulty) throw DynamoErrors.Invalid(faulty.Message);
        var (min, max, types) = Rules[Operator];
        if (Values.Count < min || Values.Count > max) throw DynamoErrors.InvalidValues($"Invalid number of argument(s) for the {Operator} ComparisonOperator");
        if (Values.Any(value => value.Type != Values[0].Type)) throw DynamoErrors.InvalidValues("AttributeValues inside AttributeValueList must be of same type");
        foreach (var value in Values)
            if (!types.Split(' ').Contains(value.Type.ToString()))
                throw DynamoErrors.InvalidValues($"ComparisonOperator {Operator} is not valid for {value.Type} AttributeValue type");
        if (Operator == "BETWEEN" && ValueOrder.Compare(Values[0], Values[1]) > 0)
            throw DynamoErrors.Invalid("The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
        return this;
    }

    public Condition On(string attribute)
    {
        var path = DocumentPath.To(attribute);
        var operand = new PathOperand(path);
        return Operator switch
        {
            "EQ" => new Comparison(ComparisonOperator.Equal, operand, Value(0)),
            "NE" => new Comparison(ComparisonOperator.NotEqual, operand, Value(0)),
            "LE" => new Comparison(ComparisonOperator.LessOrEqual, operand, Value(0)),
            "LT" => new Comparison(ComparisonOperator.Less, operand, Value(0)),
            "GE" => new Comparison(ComparisonOperator.GreaterOrEqual, operand, Value(0)),
            "GT" => new Comparison(ComparisonOperator.Greater, operand, Value(0)),
            "CONTAINS" => new Contains(operand, Value(0)),
            "NOT_CONTAINS" => new And(new AttributeExists(path), new Not(new Contains(operand, Value(0)))),
            "BEGINS_WITH" => new BeginsWith(operand, Value(0)),
            "IN" => new In(operand, [.. Values.Select(value => new ConstantOperand(value))]),
            "BETWEEN" => new Between(operand, Value(0), Value(1)),
            "NULL" => new AttributeNotExists(path),
            _ => new AttributeExists(path),
        };
    }

    /// <summary>As a condition of a key.</summary>
    /// <exception cref="AwsException">Keys cannot be found by it.</exception>
    public KeyTest OnKey() => Operator switch
    {
        "EQ" => new KeyTest(KeyOperator.Equal, Values[0]),
        "LE" => new KeyTest(KeyOperator.LessOrEqual, Values[0]),
        "LT" => new KeyTest(KeyOperator.Less, Values[0]),
        "GE" => new KeyTest(KeyOperator.GreaterOrEqual, Values[0]),
        "GT" => new KeyTest(KeyOperator.Greater, Values[0]),
        "BEGINS_WITH" => new KeyTest(KeyOperator.BeginsWith, Values[0]),
        "BETWEEN" => new KeyTest(KeyOperator.Between, Values[0], Values[1]),
        _ => throw DynamoErrors.Invalid("Attempted conditional constraint is not an indexable operation"),
    };

    /// <returns>Null when there are none.</returns>
    public static Condition? Join(IEnumerable<Condition> conditions, bool any)
    {
        Condition? joined = null;
        foreach (var condition in conditions) joined = joined is null ? condition : any ? new Or(joined, condition) : new And(joined, condition);
        return joined;
    }

    ConstantOperand Value(int index) => new(Values[index]);
}
