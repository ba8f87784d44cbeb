using Lambray.Aws;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Expressions;

public sealed record SumOperand(Operand Left, Operand Right, bool IsDifference) : Operand
{
    internal override AttributeType? KnownType => AttributeType.N;

    public override AttributeValue ValueIn(MapValue item)
    {
        var (left, right) = (UpdateOperands.Require(Left, item), UpdateOperands.Require(Right, item));
        if (left is not NumberValue one || right is not NumberValue two) throw UpdateOperands.WrongType();
        return UpdateOperands.Add(one.Number, IsDifference ? two.Number.Negated() : two.Number);
    }
}

public sealed record IfNotExistsOperand(DocumentPath Path, Operand Otherwise) : Operand
{
    internal override AttributeType? KnownType => Otherwise.KnownType;

    public override AttributeValue? ValueIn(MapValue item) => Path.Find(item) ?? Otherwise.ValueIn(item);
}

public sealed record ListAppendOperand(Operand First, Operand Second) : Operand
{
    internal override AttributeType? KnownType => AttributeType.L;

    public override AttributeValue ValueIn(MapValue item)
    {
        var (first, second) = (UpdateOperands.Require(First, item), UpdateOperands.Require(Second, item));
        if (first is not ListValue one || second is not ListValue two) throw UpdateOperands.WrongType();
        return new ListValue([.. one.Elements, .. two.Elements]);
    }
}

/// <summary>What updates do with values, and cannot.</summary>
static class UpdateOperands
{
    public static AttributeValue Require(Operand operand, MapValue item) =>
        operand.ValueIn(item) ?? throw DynamoErrors.Invalid("The provided expression refers to an attribute that does not exist in the item");

    public static NumberValue Add(DynamoNumber left, DynamoNumber right) =>
        DynamoNumber.TryAdd(left, right, out var sum, out var refusal) ? new NumberValue(sum) : throw DynamoErrors.Invalid(refusal);

    public static AwsException WrongType() => DynamoErrors.Invalid("An operand in the update expression has an incorrect data type");
}
