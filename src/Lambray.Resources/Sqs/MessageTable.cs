using System.Buffers.Binary;
using Lambray.Resources.Messaging;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Sqs;

/// <summary>One queue's part of the tables on disk.</summary>
/// <remarks>
/// <code>
/// counters    queue             next sequence, messages
/// messages    queue, sequence   a message
/// flights     queue, sequence   what is known of it beside its content, once it was delayed or received
/// duplicates  queue, digest     what was sent with a deduplication id, and until when that counts
/// </code>
/// The figures of <c>counters</c> are the writer's alone and follow each change in its own batch, so they are right after any crash.
/// </remarks>
sealed class MessageTable(MessagingDatabase database, long queue)
{
    readonly byte[] key = RecordBytes.Number(queue);
    long durableNext;
    long durableCount;
    long purgedBefore;

    /// <summary>Reads the counters: the next sequence number and how many messages there are.</summary>
    public (long Next, long Count) Open()
    {
        if (database.Rocks.Find(database.Counters, key) is { } bytes)
            (durableNext, durableCount) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)));
        return (durableNext, durableCount);
    }

    public StoredMessage? Find(long sequence) =>
        database.Rocks.Find(database.Messages, RecordBytes.Place(queue, sequence)) is { } bytes ? StoredMessage.Read(sequence, bytes) : null;

    /// <summary>The messages from a sequence number on, in their order.</summary>
    public IEnumerable<StoredMessage> From(long sequence)
    {
        using var cursor = database.Rocks.Walk(database.Messages, RecordBytes.Place(queue, sequence), RecordBytes.Number(queue + 1));
        while (cursor.MoveNext()) yield return StoredMessage.Read(RecordBytes.ReadPlace(cursor.Key).Sequence, cursor.Value);
    }

    public IEnumerable<HeldMessage> Flights()
    {
        using var cursor = database.Rocks.Walk(database.Flights, key, RecordBytes.Number(queue + 1));
        while (cursor.MoveNext()) yield return HeldMessage.Read(RecordBytes.ReadPlace(cursor.Key).Sequence, cursor.Value);
    }

    public IEnumerable<(UInt128 Digest, Duplicate Duplicate)> Duplicates()
    {
        using var cursor = database.Rocks.Walk(database.Duplicates, key, RecordBytes.Number(queue + 1));
        while (cursor.MoveNext()) yield return (BinaryPrimitives.ReadUInt128BigEndian(cursor.Key[8..]), Duplicate.Read(cursor.Value));
    }

    public void Put(RocksBatch batch, long sequence, ReadOnlySpan<byte> message)
    {
        batch.Put(database.Messages, RecordBytes.Place(queue, sequence), message);
        durableNext = Math.Max(durableNext, sequence + 1);
        durableCount++;
        Count(batch);
    }

    public void Put(RocksBatch batch, HeldMessage held) => batch.Put(database.Flights, RecordBytes.Place(queue, held.Sequence), held.ToBytes());

    public void Put(RocksBatch batch, UInt128 digest, Duplicate duplicate) => batch.Put(database.Duplicates, DuplicateKey(digest), duplicate.ToBytes());

    public void Delete(RocksBatch batch, UInt128 digest) => batch.Delete(database.Duplicates, DuplicateKey(digest));

    public void Delete(RocksBatch batch, long sequence)
    {
        batch.Delete(database.Messages, RecordBytes.Place(queue, sequence));
        batch.Delete(database.Flights, RecordBytes.Place(queue, sequence));
        // A purge may have come between, which counted it already.
        if (sequence >= purgedBefore) durableCount--;
        Count(batch);
    }

    public void DeleteAll(RocksBatch batch, long before)
    {
        batch.DeleteRange(database.Messages, key, RecordBytes.Place(queue, before));
        batch.DeleteRange(database.Flights, key, RecordBytes.Place(queue, before));
        (durableCount, purgedBefore) = (0, before);
        durableNext = Math.Max(durableNext, before);
        Count(batch);
    }

    /// <summary>Everything of a queue that is no more.</summary>
    public void Drop(RocksBatch batch)
    {
        var end = RecordBytes.Number(queue + 1);
        batch.DeleteRange(database.Messages, key, end);
        batch.DeleteRange(database.Flights, key, end);
        batch.DeleteRange(database.Duplicates, key, end);
        batch.Delete(database.Counters, key);
    }

    void Count(RocksBatch batch)
    {
        Span<byte> counters = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(counters, durableNext);
        BinaryPrimitives.WriteInt64BigEndian(counters[8..], durableCount);
        batch.Put(database.Counters, key, counters);
    }

    byte[] DuplicateKey(UInt128 digest)
    {
        var bytes = new byte[24];
        key.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(8), digest);
        return bytes;
    }
}
