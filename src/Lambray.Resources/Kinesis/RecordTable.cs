using System.Buffers.Binary;
using System.Text;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Kinesis;

/// <summary>The records of one stream on disk.</summary>
/// <remarks>docs/formats/kinesis.md draws keys and values.</remarks>
sealed class RecordTable(KinesisDatabase database, long stream)
{
    const int KeyLength = 20;

    /// <summary>The position that was given last, so that a restart goes on behind it.</summary>
    public void PutTip(RocksBatch batch, long position) => batch.Put(database.Tips, Number(stream), Number(position));

    public long Tip() => database.Rocks.Find(database.Tips, Number(stream)) is { } tip ? BinaryPrimitives.ReadInt64BigEndian(tip) : 0;

    public void Put(RocksBatch batch, SequenceNumber number, NewRecord record) => batch.Put(database.Records, Key(stream, number.Shard, number.Position), Value(record));

    /// <summary>In order, from a position on.</summary>
    public IEnumerable<StreamRecord> From(int shard, long position)
    {
        using var cursor = database.Rocks.Walk(database.Records, Key(stream, shard, position), Key(stream, shard + 1, 0));
        while (cursor.MoveNext()) yield return Read(cursor.Key, cursor.Value);
    }

    /// <summary>Drops what stands before a position.</summary>
    public void DropBefore(int shard, long position) => database.Rocks.DeleteRange(database.Records, Key(stream, shard, 0), Key(stream, shard, position));

    public void Drop(RocksBatch batch)
    {
        batch.DeleteRange(database.Records, Key(stream, 0, 0), Key(stream + 1, 0, 0));
        batch.Delete(database.Tips, Number(stream));
    }

    static byte[] Key(long stream, int shard, long position)
    {
        var key = new byte[KeyLength];
        BinaryPrimitives.WriteInt64BigEndian(key, stream);
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(8), shard);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(12), position);
        return key;
    }

    static byte[] Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    // Two short texts with their lengths, and the data to the end.
    static byte[] Value(NewRecord record)
    {
        var (key, trace) = (Encoding.UTF8.GetBytes(record.PartitionKey), Encoding.UTF8.GetBytes(record.TraceHeader ?? ""));
        var value = new byte[4 + key.Length + trace.Length + record.Data.Length];
        BinaryPrimitives.WriteUInt16BigEndian(value, (ushort)key.Length);
        BinaryPrimitives.WriteUInt16BigEndian(value.AsSpan(2), (ushort)trace.Length);
        key.CopyTo(value.AsSpan(4));
        trace.CopyTo(value.AsSpan(4 + key.Length));
        record.Data.Span.CopyTo(value.AsSpan(4 + key.Length + trace.Length));
        return value;
    }

    static StreamRecord Read(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var number = new SequenceNumber(BinaryPrimitives.ReadInt64BigEndian(key[12..]), BinaryPrimitives.ReadInt32BigEndian(key[8..]));
        var (keyLength, traceLength) = (BinaryPrimitives.ReadUInt16BigEndian(value), BinaryPrimitives.ReadUInt16BigEndian(value[2..]));
        var texts = value.Slice(4, keyLength + traceLength);
        return new StreamRecord(
            number, Encoding.UTF8.GetString(texts[..keyLength]), value[(4 + keyLength + traceLength)..].ToArray(),
            traceLength == 0 ? null : Encoding.UTF8.GetString(texts[keyLength..]));
    }
}
