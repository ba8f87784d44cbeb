using System.Buffers;
using System.Text;

namespace Lambray.Resources.DynamoDb.Values;

/// <summary>Items as they lie on disk: a byte for the type, lengths in seven bits a byte, names and values one after the other.</summary>
static class ValueBytes
{
    public static byte[] Of(MapValue item)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        WriteEntries(bytes, item);
        return bytes.WrittenSpan.ToArray();
    }

    public static MapValue Read(ReadOnlySpan<byte> bytes) => new ValueReader(bytes).ReadEntries();

    public static void WriteEntries(ArrayBufferWriter<byte> bytes, MapValue item)
    {
        WriteNumber(bytes, (UInt128)item.Entries.Count);
        foreach (var (name, value) in item.Entries)
        {
            WriteText(bytes, name);
            Write(bytes, value);
        }
    }

    static void Write(ArrayBufferWriter<byte> bytes, AttributeValue value)
    {
        WriteByte(bytes, (byte)value.Type);
        switch (value)
        {
            case StringValue text:
                WriteText(bytes, text.Text);
                break;
            case NumberValue { Number: var number }:
                WriteByte(bytes, (byte)(number.IsNegative ? 1 : 0));
                WriteNumber(bytes, (UInt128)(number.Exponent - DynamoNumber.MagnitudeMin + DynamoNumber.DigitsMax));
                WriteNumber(bytes, number.Coefficient);
                break;
            case BinaryValue binary:
                WriteNumber(bytes, (UInt128)binary.Bytes.Length);
                bytes.Write(binary.Bytes);
                break;
            case BooleanValue boolean:
                WriteByte(bytes, (byte)(boolean.IsTrue ? 1 : 0));
                break;
            case SetValue set:
                WriteElements(bytes, set.Elements);
                break;
            case ListValue list:
                WriteElements(bytes, list.Elements);
                break;
            case MapValue map:
                WriteEntries(bytes, map);
                break;
        }
    }

    static void WriteElements(ArrayBufferWriter<byte> bytes, IReadOnlyList<AttributeValue> elements)
    {
        WriteNumber(bytes, (UInt128)elements.Count);
        foreach (var element in elements) Write(bytes, element);
    }

    static void WriteText(ArrayBufferWriter<byte> bytes, string text)
    {
        WriteNumber(bytes, (UInt128)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    static void WriteByte(ArrayBufferWriter<byte> bytes, byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    static void WriteNumber(ArrayBufferWriter<byte> bytes, UInt128 number)
    {
        for (; number >= 0x80; number >>= 7) WriteByte(bytes, (byte)((byte)number | 0x80));
        WriteByte(bytes, (byte)number);
    }
}

/// <summary>Reads what <see cref="ValueBytes"/> has written.</summary>
ref struct ValueReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> rest = bytes;

    public MapValue ReadEntries()
    {
        var count = (int)ReadNumber();
        var entries = new Dictionary<string, AttributeValue>(count, StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            var name = ReadText();
            entries[name] = Read();
        }
        return new MapValue(entries);
    }

    AttributeValue Read()
    {
        var type = (AttributeType)Take(1)[0];
        return type switch
        {
            AttributeType.S => new StringValue(ReadText()),
            AttributeType.N => new NumberValue(ReadDecimal()),
            AttributeType.B => new BinaryValue(Take((int)ReadNumber()).ToArray()),
            AttributeType.BOOL => new BooleanValue(Take(1)[0] == 1),
            AttributeType.NULL => NullValue.Instance,
            AttributeType.L => new ListValue(ReadElements()),
            AttributeType.M => ReadEntries(),
            AttributeType.SS => new SetValue(AttributeType.S, ReadElements()),
            AttributeType.NS => new SetValue(AttributeType.N, ReadElements()),
            AttributeType.BS => new SetValue(AttributeType.B, ReadElements()),
            _ => throw new InvalidDataException($"An item has a value of type {(int)type}."),
        };
    }

    DynamoNumber ReadDecimal()
    {
        var isNegative = Take(1)[0] == 1;
        var exponent = (int)ReadNumber() + DynamoNumber.MagnitudeMin - DynamoNumber.DigitsMax;
        return new DynamoNumber(isNegative, ReadNumber(), exponent);
    }

    AttributeValue[] ReadElements()
    {
        var elements = new AttributeValue[(int)ReadNumber()];
        for (var i = 0; i < elements.Length; i++) elements[i] = Read();
        return elements;
    }

    string ReadText() => Encoding.UTF8.GetString(Take((int)ReadNumber()));

    UInt128 ReadNumber()
    {
        UInt128 number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Take(1)[0];
            number |= (UInt128)(part & 0x7F) << shift;
            if (part < 0x80) return number;
        }
    }

    ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
