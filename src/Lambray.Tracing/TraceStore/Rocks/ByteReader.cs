using System.Buffers.Binary;
using System.Text;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => rest;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public TraceId Trace() => new(UInt32(), UInt64(), UInt32());

    public TraceMark Newest() => new((long)~UInt64(), new TraceId(~UInt32(), ~UInt64(), ~UInt32()));

    public ulong Number()
    {
        ulong value = 0;
        for (var (read, shift) = (0, 0); ; shift += 7)
        {
            var next = rest[read++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next >= 0x80) continue;
            rest = rest[read..];
            return value;
        }
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public string? Text()
    {
        var length = (int)Number();
        return length == 0 ? null : Encoding.UTF8.GetString(Take(length - 1));
    }

    public void Skip(int count) => Take(count);

    ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
