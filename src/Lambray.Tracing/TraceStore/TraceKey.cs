using System.Buffers.Binary;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>A trace id as 16 bytes whose order is the order of the ids.</summary>
static class TraceKey
{
    public static byte[] Of(TraceId id)
    {
        var key = new byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(key, id.EpochSeconds);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(4), id.High);
        BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(12), id.Low);
        return key;
    }

    public static TraceId Read(ReadOnlySpan<byte> key) => new(
        BinaryPrimitives.ReadUInt32BigEndian(key), BinaryPrimitives.ReadUInt64BigEndian(key[4..]), BinaryPrimitives.ReadUInt32BigEndian(key[12..]));
}
