using System.Buffers;
using System.Buffers.Binary;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Where items lie: number of the table or index, hash and partition key, sort key; in an index the table's key behind.</summary>
static class ItemKeys
{
    const int NumberLength = 8;

    public static byte[] Of(TableModel table, MapValue item) => Of(table.Number, table.Key, item).WrittenSpan.ToArray();

    public static byte[] Of(TableModel table, IndexModel index, MapValue item)
    {
        var key = Of(index.Number, index.Key, item);
        foreach (var attribute in table.Key.Attributes) KeyBytes.WriteOrdered(key, item.Find(attribute.Name)!);
        return key.WrittenSpan.ToArray();
    }

    /// <summary>Items by the second in which they expire.</summary>
    public static byte[] OfExpiry(TableModel table, long second, MapValue item)
    {
        var key = Start(table.TimeToLive!.Number);
        WriteNumber(key, second);
        key.Write(Of(table, item).AsSpan(NumberLength));
        return key.WrittenSpan.ToArray();
    }

    /// <summary>The beginning of all keys of a partition.</summary>
    public static byte[] OfPartition(long number, AttributeValue partition)
    {
        var key = Start(number);
        KeyBytes.WritePartition(key, partition);
        return key.WrittenSpan.ToArray();
    }

    /// <summary>All keys of a table or an index, or of one of the segments into which a scan divides them.</summary>
    public static (byte[] Start, byte[] End) Range(long number, int segment = 0, int segments = 1)
    {
        const ulong Hashes = 1UL << 32;
        var (first, next) = (Hashes * (ulong)segment / (ulong)segments, Hashes * ((ulong)segment + 1) / (ulong)segments);
        return (AtHash(number, first), next == Hashes ? Start(number + 1).WrittenSpan.ToArray() : AtHash(number, next));
    }

    /// <summary>The first key that does not begin with this.</summary>
    public static byte[] After(ReadOnlySpan<byte> prefix)
    {
        var end = prefix.ToArray();
        for (var at = end.Length - 1; at >= 0; at--)
            if (++end[at] != 0) return end[..(at + 1)];
        throw new InvalidOperationException("Nothing lies behind this prefix.");
    }

    static byte[] AtHash(long number, ulong hash)
    {
        var key = Start(number);
        BinaryPrimitives.WriteUInt32BigEndian(key.GetSpan(4), (uint)hash);
        key.Advance(4);
        return key.WrittenSpan.ToArray();
    }

    static ArrayBufferWriter<byte> Of(long number, KeySchema schema, MapValue item)
    {
        var key = Start(number);
        KeyBytes.WritePartition(key, item.Find(schema.Partition.Name)!);
        if (schema.Sort is { } sort) KeyBytes.WriteOrdered(key, item.Find(sort.Name)!);
        return key;
    }

    static ArrayBufferWriter<byte> Start(long number)
    {
        var key = new ArrayBufferWriter<byte>(64);
        WriteNumber(key, number);
        return key;
    }

    static void WriteNumber(ArrayBufferWriter<byte> key, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(key.GetSpan(8), number);
        key.Advance(8);
    }
}
