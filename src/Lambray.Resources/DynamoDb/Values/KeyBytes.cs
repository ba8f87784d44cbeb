using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Lambray.Resources.DynamoDb.Values;

/// <summary>Values of keys as bytes that sort as DynamoDB sorts them: numbers by size, strings by their UTF-8, binaries byte by byte.</summary>
/// <remarks>
/// Each part ends in <c>00 01</c>, and a zero byte within is <c>00 FF</c>: so a short value sorts before those that it begins, whatever follows. A number:
/// <code>
/// -12.5   00 | 7D E5 99 FF    sign, magnitude + 130, digits in pairs + 1, end; all but the sign inverted
///     0   01
///  12.5   02 | 83 0D 33 00
/// </code>
/// </remarks>
static class KeyBytes
{
    const byte NegativeMark = 0;
    const byte ZeroMark = 1;
    const byte PositiveMark = 2;

    static ReadOnlySpan<byte> End => [0x00, 0x01];

    static ReadOnlySpan<byte> EscapedZero => [0x00, 0xFF];

    const int NumberBytesMax = 2 + (DynamoNumber.DigitsMax / 2) + 1;

    /// <summary>Spreads partitions over the range of a table; segments of a parallel scan are parts of it.</summary>
    public static void WritePartition(ArrayBufferWriter<byte> key, AttributeValue value)
    {
        var start = new ArrayBufferWriter<byte>();
        WriteOrdered(start, value);
        BinaryPrimitives.WriteUInt32BigEndian(key.GetSpan(4), (uint)XxHash3.HashToUInt64(start.WrittenSpan));
        key.Advance(4);
        key.Write(start.WrittenSpan);
    }

    public static void WriteOrdered(ArrayBufferWriter<byte> key, AttributeValue value)
    {
        WritePrefix(key, value);
        key.Write(End);
    }

    /// <summary>Without its end: the beginning of all values that begin with it.</summary>
    public static void WritePrefix(ArrayBufferWriter<byte> key, AttributeValue value)
    {
        switch (value)
        {
            case StringValue text:
                WriteEscaped(key, Encoding.UTF8.GetBytes(text.Text));
                break;
            case BinaryValue binary:
                WriteEscaped(key, binary.Bytes);
                break;
            case NumberValue number:
                Span<byte> bytes = stackalloc byte[NumberBytesMax];
                WriteEscaped(key, bytes[..WriteNumber(bytes, number.Number)]);
                break;
            default:
                throw new InvalidOperationException($"{value.Type} is no type of a key.");
        }
    }

    static int WriteNumber(Span<byte> bytes, DynamoNumber number)
    {
        if (number.IsZero)
        {
            bytes[0] = ZeroMark;
            return 1;
        }
        bytes[0] = number.IsNegative ? NegativeMark : PositiveMark;
        bytes[1] = (byte)(number.Magnitude - DynamoNumber.MagnitudeMin);
        var end = 2 + (DynamoNumber.DigitsMax / 2);
        var rest = number.FullLength;
        for (var at = end - 1; at >= 2; at--, rest /= 100) bytes[at] = (byte)((int)(rest % 100) + 1);
        // Pairs of zeros at the end say nothing.
        while (bytes[end - 1] == 1) end--;
        bytes[end++] = 0;
        if (number.IsNegative)
            foreach (ref var part in bytes[1..end]) part = (byte)~part;
        return end;
    }

    static void WriteEscaped(ArrayBufferWriter<byte> key, ReadOnlySpan<byte> value)
    {
        for (int zero; (zero = value.IndexOf((byte)0)) >= 0; value = value[(zero + 1)..])
        {
            key.Write(value[..zero]);
            key.Write(EscapedZero);
        }
        key.Write(value);
    }
}
