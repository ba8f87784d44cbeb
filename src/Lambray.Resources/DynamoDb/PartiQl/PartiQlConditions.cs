using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.PartiQl;

/// <summary>What stands behind WHERE: the conditions of expressions in SQL's dress.</summary>
sealed class PartiQlConditions(PartReader parts, PartiQlValues values)
{
    const int DepthMax = 100;

    int depth;

    public Condition Read()
    {
        if (++depth > DepthMax) throw parts.Unexpected();
        var condition = ReadAnd();
        while (parts.TryTakeWord("OR")) condition = new Or(condition, ReadAnd());
        depth--;
        return condition;
    }

    Condition ReadAnd()
    {
        var condition = ReadNot();
        while (parts.TryTakeWord("AND")) condition = new And(condition, ReadNot());
        return condition;
    }

    Condition ReadNot()
    {
        if (!parts.TryTakeWord("NOT")) return ReadOne();
        if (++depth > DepthMax) throw parts.Unexpected();
        var inner = new Not(ReadNot());
        depth--;
        return inner;
    }

    Condition ReadOne()
    {
        if (parts.TryTake("("))
        {
            var inner = Read();
            parts.Require(")");
            return inner;
        }
        if (parts.IsCall && !parts.Current.IsWord("size")) return ReadFunction();
        var left = ReadOperand();
        if (parts.TryTakeWord("BETWEEN"))
        {
            var low = ReadOperand();
            parts.RequireWord("AND");
            return new Between(left, low, ReadOperand());
        }
        if (parts.TryTakeWord("IN")) return new In(left, ReadCandidates());
        return parts.TryTakeWord("IS") ? ReadIs(left) : ReadComparison(left);
    }

    Comparison ReadComparison(Operand left)
    {
        var comparison = parts.Current.Text switch
        {
            "=" => ComparisonOperator.Equal,
            "<>" or "!=" => ComparisonOperator.NotEqual,
            "<" => ComparisonOperator.Less,
            "<=" => ComparisonOperator.LessOrEqual,
            ">" => ComparisonOperator.Greater,
            ">=" => ComparisonOperator.GreaterOrEqual,
            _ => throw parts.Unexpected(),
        };
        parts.Take();
        return new Comparison(comparison, left, ReadOperand());
    }

    Condition ReadIs(Operand operand)
    {
        var isNot = parts.TryTakeWord("NOT");
        Condition condition;
        if (parts.TryTakeWord("MISSING") && operand is PathOperand path) condition = new AttributeNotExists(path.Path);
        else if (parts.TryTakeWord("NULL")) condition = new HasType(operand, AttributeType.NULL);
        else throw parts.Unexpected();
        return isNot ? new Not(condition) : condition;
    }

    List<Operand> ReadCandidates()
    {
        var end = parts.TryTake("[") ? "]" : ")";
        if (end == ")") parts.Require("(");
        var candidates = new List<Operand> { ReadOperand() };
        while (parts.TryTake(",")) candidates.Add(ReadOperand());
        parts.Require(end);
        return candidates;
    }

    Condition ReadFunction()
    {
        var name = parts.Take().Text.ToLowerInvariant();
        parts.Require("(");
        var first = ReadOperand();
        var second = parts.TryTake(",") ? ReadOperand() : null;
        parts.Require(")");
        return (name, second) switch
        {
            ("begins_with", not null) => new BeginsWith(first, second),
            ("contains", not null) => new Contains(first, second),
            ("attribute_type", ConstantOperand { Value: StringValue type }) when Enum.TryParse<AttributeType>(type.Text, out var known) => new HasType(first, known),
            ("attribute_exists", null) when first is PathOperand path => new AttributeExists(path.Path),
            ("attribute_not_exists", null) when first is PathOperand path => new AttributeNotExists(path.Path),
            _ => throw DynamoErrors.Invalid($"Unsupported function in PartiQL statement: {name}"),
        };
    }

    Operand ReadOperand()
    {
        if (!parts.IsCall) return values.ReadOperand();
        parts.RequireWord("size");
        parts.Require("(");
        var size = new SizeOperand(values.ReadOperand());
        parts.Require(")");
        return size;
    }
}

/// <summary>A set with elements added or taken away.</summary>
sealed record SetOperand(Operand First, Operand Second, bool IsRemoval) : Operand
{
    public override AttributeValue? ValueIn(MapValue item)
    {
        var first = First.ValueIn(item);
        if (Second.ValueIn(item) is not SetValue second || first is not (null or SetValue)) throw UpdateOperands.WrongType();
        if (first is not SetValue set) return IsRemoval ? null : second;
        if (set.ElementType != second.ElementType) throw UpdateOperands.WrongType();
        return IsRemoval ? new SetValue(set.ElementType, [.. set.Elements.Except(second.Elements)]) : new SetValue(set.ElementType, [.. set.Elements.Union(second.Elements)]);
    }
}
