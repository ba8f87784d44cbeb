using Lambray.Resources.DynamoDb.Expressions;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>A way over a table or an index, part of which makes a page.</summary>
public sealed record ItemWalk(TableModel Table, IndexModel? Index, byte[] Start, byte[] End)
{
    public bool IsBackward { get; init; }

    /// <summary>How many items are looked at, whether they are wanted or not.</summary>
    public int LimitMax { get; init; } = int.MaxValue;

    /// <summary>The last of the page before.</summary>
    public MapValue? After { get; init; }

    public Condition? Filter { get; init; }

    /// <summary>Whether entries of the index are replaced by their whole items.</summary>
    public bool FetchesItems { get; init; }
}

/// <param name="Scanned">Looked at.</param>
/// <param name="Last">The key of the last that was looked at, when there may be more.</param>
/// <param name="Bytes">Of all that were looked at.</param>
/// <param name="FetchedUnitBytes">Of whole items that an index lacked, each rounded up to what a read unit is.</param>
public sealed record ItemPage(IReadOnlyList<MapValue> Items, int Scanned, MapValue? Last, int Bytes, int FetchedUnitBytes);

/// <summary>Reads items that are on disk.</summary>
public sealed class ItemReader(DynamoDatabase database)
{
    const int PageBytesMax = 1024 * 1024;
    const int ReadUnitBytes = 4096;

    public MapValue? Find(TableModel table, MapValue key) => Find(ItemKeys.Of(table, key));

    /// <summary>About how large all items of a partition are together, those in local indexes included.</summary>
    public long CollectionBytes(TableModel table, MapValue item)
    {
        var partition = item.Find(table.Key.Partition.Name)!;
        return BytesIn(database.Items, table.Number) + table.LocalIndexes.Sum(index => BytesIn(database.Indexes, index.Number));

        long BytesIn(RocksTable rows, long number)
        {
            var start = ItemKeys.OfPartition(number, partition);
            return database.Rocks.ApproximateBytes(rows, start, ItemKeys.After(start));
        }
    }

    public ItemPage Read(ItemWalk walk)
    {
        var (start, end) = RangeOf(walk);
        var rows = walk.Index is null ? database.Items : database.Indexes;
        var items = new List<MapValue>();
        MapValue? last = null;
        var (scanned, bytes, fetched) = (0, 0, 0);
        if (start.AsSpan().SequenceCompareTo(end) >= 0) return new ItemPage(items, 0, null, 0, 0);
        using var cursor = walk.IsBackward ? database.Rocks.WalkBack(rows, start, end) : database.Rocks.Walk(rows, start, end);
        while (cursor.MoveNext())
        {
            var item = ValueBytes.Read(cursor.Value);
            last = item;
            scanned++;
            bytes += ItemSize.Of(item);
            if (walk.FetchesItems && Find(ItemKeys.Of(walk.Table, item)) is { } whole)
            {
                item = whole;
                fetched += (ItemSize.Of(whole) + ReadUnitBytes - 1) / ReadUnitBytes * ReadUnitBytes;
            }
            if (walk.Filter is not { } filter || filter.Holds(item)) items.Add(item);
            if (scanned >= walk.LimitMax || bytes >= PageBytesMax) return new ItemPage(items, scanned, KeyOf(walk, last), bytes, fetched);
        }
        return new ItemPage(items, scanned, null, bytes, fetched);
    }

    MapValue? Find(byte[] key) => database.Rocks.Find(database.Items, key) is { } bytes ? ValueBytes.Read(bytes) : null;

    static (byte[] Start, byte[] End) RangeOf(ItemWalk walk)
    {
        if (walk.After is not { } after) return (walk.Start, walk.End);
        var place = walk.Index is { } index ? ItemKeys.Of(walk.Table, index, after) : ItemKeys.Of(walk.Table, after);
        // Whatever place a caller names, the way stays inside its range.
        if (walk.IsBackward) return (walk.Start, place.AsSpan().SequenceCompareTo(walk.End) < 0 ? place : walk.End);
        byte[] next = [.. place, 0];
        return (next.AsSpan().SequenceCompareTo(walk.Start) > 0 ? next : walk.Start, walk.End);
    }

    static MapValue KeyOf(ItemWalk walk, MapValue item) =>
        item.Pick(walk.Index is { } index ? index.Key.Names.Concat(walk.Table.Key.Names).Distinct() : walk.Table.Key.Names);
}
