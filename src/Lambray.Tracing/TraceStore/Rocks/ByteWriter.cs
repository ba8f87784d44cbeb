using System.Buffers.Binary;
using System.Text;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>Writes keys, whose bytes sort as their values do, and values, whose numbers take as few bytes as they need. One is used again and again.</summary>
sealed class ByteWriter
{
    // Enough for any key.
    byte[] bytes = new byte[48];
    int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public ByteWriter Clear()
    {
        length = 0;
        return this;
    }

    public ByteWriter Byte(byte value)
    {
        Take(1)[0] = value;
        return this;
    }

    public ByteWriter UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);
        return this;
    }

    public ByteWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);
        return this;
    }

    public ByteWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);
        return this;
    }

    public ByteWriter Trace(TraceId id) => UInt32(id.EpochSeconds).UInt64(id.High).UInt32(id.Low);

    /// <summary>So that the newest comes first.</summary>
    public ByteWriter Newest(long microseconds) => UInt64(~(ulong)microseconds);

    /// <inheritdoc cref="Newest(long)"/>
    public ByteWriter Newest(TraceMark mark) => Newest(mark.Microseconds).UInt32(~mark.TraceId.EpochSeconds).UInt64(~mark.TraceId.High).UInt32(~mark.TraceId.Low);

    public ByteWriter Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }
        return Byte((byte)value);
    }

    /// <summary>A number that may be negative.</summary>
    public ByteWriter Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public ByteWriter Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Take(value.Length));
        return this;
    }

    public ByteWriter Text(string? value)
    {
        // 0 is null, else one more than the length.
        if (value is null) return Number(0);
        var count = Encoding.UTF8.GetByteCount(value);
        Number((ulong)count + 1);
        Encoding.UTF8.GetBytes(value, Take(count));
        return this;
    }

    Span<byte> Take(int count)
    {
        if (length + count > bytes.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + count));
        length += count;
        return bytes.AsSpan(length - count, count);
    }
}
