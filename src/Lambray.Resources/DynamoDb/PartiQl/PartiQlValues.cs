using Lambray.Aws;
using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.PartiQl;

/// <summary>Literals, parameters and paths.</summary>
sealed class PartiQlValues(PartReader parts, IReadOnlyList<AttributeValue> parameters)
{
    const int DepthMax = 32;

    int next;
    int depth;

    /// <exception cref="AwsException">There are more parameters than places for them.</exception>
    public void RequireAllUsed()
    {
        if (next != parameters.Count) throw WrongCount();
    }

    public Operand ReadOperand()
    {
        var isPath = parts.Current.Kind == PartKind.Name || (parts.Current.Kind == PartKind.Word && !IsLiteral(parts.Current));
        return isPath ? new PathOperand(ReadPath()) : new ConstantOperand(ReadValue());
    }

    public DocumentPath ReadPath()
    {
        var steps = new List<PathStep> { PathStep.To(parts.TakeName()) };
        while (true)
        {
            if (parts.TryTake("."))
            {
                steps.Add(PathStep.To(parts.TakeName()));
            }
            else if (parts.TryTake("["))
            {
                if (parts.Current.Kind != PartKind.Number || !int.TryParse(parts.Current.Text, out var index)) throw parts.Unexpected();
                parts.Take();
                steps.Add(PathStep.To(index));
                parts.Require("]");
            }
            else
            {
                return new DocumentPath(steps);
            }
        }
    }

    public AttributeValue ReadValue()
    {
        if (++depth > DepthMax) throw parts.Unexpected();
        var value = ReadAny();
        depth--;
        return value;
    }

    static bool IsLiteral(Part part) => part.IsWord("true") || part.IsWord("false") || part.IsWord("null");

    AttributeValue ReadAny()
    {
        var part = parts.Current;
        if (part.Kind == PartKind.Text) return new StringValue(parts.Take().Text);
        if (part.Kind == PartKind.Number || part.Is("-")) return ReadNumber();
        if (part.Kind == PartKind.Parameter)
        {
            parts.Take();
            return next < parameters.Count ? parameters[next++] : throw WrongCount();
        }
        if (parts.TryTakeWord("true")) return new BooleanValue(true);
        if (parts.TryTakeWord("false")) return new BooleanValue(false);
        if (parts.TryTakeWord("null")) return NullValue.Instance;
        if (parts.TryTake("[")) return new ListValue(ReadUntil("]"));
        if (parts.TryTake("<<")) return ReadSet();
        return parts.TryTake("{") ? ReadMap() : throw parts.Unexpected();
    }

    NumberValue ReadNumber()
    {
        var sign = parts.TryTake("-") ? "-" : "";
        if (parts.Current.Kind != PartKind.Number) throw parts.Unexpected();
        return DynamoNumber.TryParse(sign + parts.Take().Text, out var number, out var refusal) ? new NumberValue(number) : throw DynamoErrors.Invalid(refusal);
    }

    List<AttributeValue> ReadUntil(string end)
    {
        var values = new List<AttributeValue>();
        if (parts.TryTake(end)) return values;
        do
        {
            values.Add(ReadValue());
        }
        while (parts.TryTake(","));
        parts.Require(end);
        return values;
    }

    SetValue ReadSet()
    {
        var elements = ReadUntil(">>");
        if (elements.Count == 0 || elements[0] is not (StringValue or NumberValue or BinaryValue) || elements.Any(element => element.Type != elements[0].Type)
            || elements.Distinct().Count() < elements.Count)
            throw DynamoErrors.InvalidValues("A set has elements of one type, at least one, and none twice");
        return new SetValue(elements[0].Type, elements);
    }

    MapValue ReadMap()
    {
        var entries = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        if (parts.TryTake("}")) return new MapValue(entries);
        do
        {
            if (parts.Current.Kind is not (PartKind.Text or PartKind.Name)) throw parts.Unexpected();
            var name = parts.Take().Text;
            parts.Require(":");
            entries[name] = ReadValue();
        }
        while (parts.TryTake(","));
        parts.Require("}");
        return new MapValue(entries);
    }

    static AwsException WrongCount() => DynamoErrors.Invalid("Number of parameters in request and statement don't match.");
}
