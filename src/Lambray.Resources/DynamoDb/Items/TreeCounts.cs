using System.Buffers.Binary;
using System.Collections.Concurrent;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>How many items are in a table or an index, and their size.</summary>
public readonly record struct TreeCount(long Items, long Bytes);

/// <summary>The counts of all tables and indexes, exact and written with each change; and the numbers that they are given.</summary>
sealed class TreeCounts
{
    // No table has number 0.
    const long NextNumberKey = 0;

    readonly DynamoDatabase database;
    readonly ConcurrentDictionary<long, TreeCount> counts = [];
    readonly HashSet<long> changed = [];
    long next = 1;

    public TreeCounts(DynamoDatabase database)
    {
        this.database = database;
        using var cursor = database.Rocks.Walk(database.Counts, KeyOf(0), KeyOf(long.MaxValue));
        while (cursor.MoveNext())
        {
            var (number, count) = (BinaryPrimitives.ReadInt64BigEndian(cursor.Key), Read(cursor.Value));
            if (number == NextNumberKey) next = count.Items;
            else counts[number] = count;
        }
    }

    public TreeCount this[long number] => counts.GetValueOrDefault(number);

    /// <summary>For the writer alone; kept with the change that it is made in.</summary>
    public long TakeNumber()
    {
        changed.Add(NextNumberKey);
        return next++;
    }

    public void Add(long number, long items, long bytes)
    {
        var before = this[number];
        counts[number] = new TreeCount(before.Items + items, before.Bytes + bytes);
        changed.Add(number);
    }

    public void Forget(long number)
    {
        counts.TryRemove(number, out _);
        changed.Add(number);
    }

    public void Save(RocksBatch batch)
    {
        foreach (var number in changed)
        {
            if (number == NextNumberKey) batch.Put(database.Counts, KeyOf(number), Bytes(new TreeCount(next, 0)));
            else if (counts.TryGetValue(number, out var count)) batch.Put(database.Counts, KeyOf(number), Bytes(count));
            else batch.Delete(database.Counts, KeyOf(number));
        }
        changed.Clear();
    }

    static byte[] KeyOf(long number)
    {
        var key = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(key, number);
        return key;
    }

    static byte[] Bytes(TreeCount count)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, count.Items);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), count.Bytes);
        return bytes;
    }

    static TreeCount Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[8..]));
}
