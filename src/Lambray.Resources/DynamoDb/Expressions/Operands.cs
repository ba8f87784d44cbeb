using System.Text;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

/// <summary>What an expression is made of: operands, which have a value in an item, and conditions, which hold or not.</summary>
public abstract record ExpressionNode;

public abstract record Operand : ExpressionNode
{
    /// <summary>Known before any item is; null where the item decides.</summary>
    internal virtual AttributeType? KnownType => null;

    /// <returns>Null when the item has no such value.</returns>
    public abstract AttributeValue? ValueIn(MapValue item);
}

public sealed record PathOperand(DocumentPath Path) : Operand
{
    public override AttributeValue? ValueIn(MapValue item) => Path.Find(item);
}

public sealed record ConstantOperand(AttributeValue Value) : Operand
{
    internal override AttributeType? KnownType => Value.Type;

    public override AttributeValue? ValueIn(MapValue item) => Value;
}

/// <summary><c>size(path)</c>: characters, bytes or elements.</summary>
public sealed record SizeOperand(Operand Of) : Operand
{
    internal override AttributeType? KnownType => AttributeType.N;

    public override AttributeValue? ValueIn(MapValue item) => Of.ValueIn(item) switch
    {
        StringValue text => Count(Encoding.UTF8.GetByteCount(text.Text)),
        BinaryValue binary => Count(binary.Bytes.Length),
        SetValue set => Count(set.Elements.Count),
        ListValue list => Count(list.Elements.Count),
        MapValue map => Count(map.Entries.Count),
        _ => null,
    };

    static NumberValue Count(int count) => new(DynamoNumber.Of(count));
}
