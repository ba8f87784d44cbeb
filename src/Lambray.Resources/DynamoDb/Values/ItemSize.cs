using System.Text;

namespace Lambray.Resources.DynamoDb.Values;

/// <summary>How large values are for limits and capacity units ("DynamoDB item sizes and formats" in the Developer Guide).</summary>
public static class ItemSize
{
    const int ContainerOverhead = 3;
    const int ElementOverhead = 1;

    public static int Of(MapValue item)
    {
        var size = 0;
        foreach (var (name, value) in item.Entries) size += Encoding.UTF8.GetByteCount(name) + OfValue(value);
        return size;
    }

    static int OfValue(AttributeValue value)
    {
        switch (value)
        {
            case StringValue text:
                return Encoding.UTF8.GetByteCount(text.Text);
            case NumberValue number:
                return number.Number.IsZero ? 1 : 1 + ((number.Number.Digits + 1) / 2) + (number.Number.IsNegative ? 1 : 0);
            case BinaryValue binary:
                return binary.Bytes.Length;
            case SetValue set:
                return SumOf(set.Elements);
            case ListValue list:
                return ContainerOverhead + (list.Elements.Count * ElementOverhead) + SumOf(list.Elements);
            case MapValue map:
                return ContainerOverhead + (map.Entries.Count * ElementOverhead) + Of(map);
            default:
                return 1;
        }
    }

    static int SumOf(IReadOnlyList<AttributeValue> values)
    {
        var size = 0;
        foreach (var value in values) size += OfValue(value);
        return size;
    }
}
