using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>Whether an item is wanted, or may be written.</summary>
public abstract record Condition : ExpressionNode
{
    /// <param name="item">Empty when there is none.</param>
    public abstract bool Holds(MapValue item);
}

public sealed record And(Condition Left, Condition Right) : Condition
{
    public override bool Holds(MapValue item) => Left.Holds(item) && Right.Holds(item);
}

public sealed record Or(Condition Left, Condition Right) : Condition
{
    public override bool Holds(MapValue item) => Left.Holds(item) || Right.Holds(item);
}

public sealed record Not(Condition Inner) : Condition
{
    public override bool Holds(MapValue item) => !Inner.Holds(item);
}

public enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

public sealed record Comparison(ComparisonOperator Operator, Operand Left, Operand Right) : Condition
{
    public override bool Holds(MapValue item)
    {
        var (left, right) = (Left.ValueIn(item), Right.ValueIn(item));
        // What is not there differs from everything, and is neither more nor less.
        if (Operator == ComparisonOperator.NotEqual) return left is null || !left.Equals(right);
        if (Operator == ComparisonOperator.Equal) return left is not null && left.Equals(right);
        return ValueOrder.Compare(left, right) is { } order && Operator switch
        {
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}

public sealed record Between(Operand Value, Operand Low, Operand High) : Condition
{
    public override bool Holds(MapValue item)
    {
        var value = Value.ValueIn(item);
        return ValueOrder.Compare(value, Low.ValueIn(item)) >= 0 && ValueOrder.Compare(value, High.ValueIn(item)) <= 0;
    }
}

public sealed record In(Operand Value, IReadOnlyList<Operand> Candidates) : Condition
{
    public override bool Holds(MapValue item) => Value.ValueIn(item) is { } value && Candidates.Any(candidate => value.Equals(candidate.ValueIn(item)));
}

public sealed record AttributeExists(DocumentPath Path) : Condition
{
    public override bool Holds(MapValue item) => Path.Find(item) is not null;
}

public sealed record AttributeNotExists(DocumentPath Path) : Condition
{
    public override bool Holds(MapValue item) => Path.Find(item) is null;
}

public sealed record HasType(Operand Value, AttributeType Type) : Condition
{
    public override bool Holds(MapValue item) => Value.ValueIn(item)?.Type == Type;
}

public sealed record BeginsWith(Operand Value, Operand Prefix) : Condition
{
    public override bool Holds(MapValue item) => (Value.ValueIn(item), Prefix.ValueIn(item)) switch
    {
        (StringValue text, StringValue prefix) => text.Text.StartsWith(prefix.Text, StringComparison.Ordinal),
        (BinaryValue binary, BinaryValue prefix) => binary.Bytes.AsSpan().StartsWith(prefix.Bytes),
        _ => false,
    };
}

public sealed record Contains(Operand Whole, Operand Part) : Condition
{
    public override bool Holds(MapValue item) => (Whole.ValueIn(item), Part.ValueIn(item)) switch
    {
        (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.Ordinal),
        (BinaryValue binary, BinaryValue part) => binary.Bytes.AsSpan().IndexOf(part.Bytes) >= 0,
        (SetValue set, { } part) => set.Elements.Contains(part),
        (ListValue list, { } part) => list.Elements.Contains(part),
        _ => false,
    };
}

/// <summary>Order of strings by their UTF-8, of numbers by size, of binaries byte by byte.</summary>
static class ValueOrder
{
    /// <returns>Null for what has no order: other types, values of two types, values that are not there.</returns>
    public static int? Compare(AttributeValue? left, AttributeValue? right) => (left, right) switch
    {
        (StringValue one, StringValue two) => CompareText(one.Text, two.Text),
        (NumberValue one, NumberValue two) => one.Number.CompareTo(two.Number),
        (BinaryValue one, BinaryValue two) => one.Bytes.AsSpan().SequenceCompareTo(two.Bytes),
        _ => null,
    };

    // UTF-16 and UTF-8 disagree only where one has a surrogate and the other a character above them.
    static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (one, two) = (left[i], right[i]);
            if (one == two) continue;
            if (char.IsSurrogate(one) != char.IsSurrogate(two)) return char.IsSurrogate(one) ? 1 : -1;
            return one.CompareTo(two);
        }
        return left.Length.CompareTo(right.Length);
    }
}
