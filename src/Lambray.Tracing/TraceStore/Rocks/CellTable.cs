using Lambray.Storage.Rocks;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The map, summed by the second, minute, hour and day in which traces began.</summary>
/// <remarks>
/// <code>
/// length   begins      group   part       tally
/// 0        1795394952  0       93d1c0a4…  12 seen, 11 ok, 1 fault, 804,000 µs, 40 ms: 7, 96 ms: 5
/// 1        1795394940  0       93d1c0a4…  …
/// </code>
/// </remarks>
sealed class CellTable(RocksDatabase database, RocksTable table, PartTable parts)
{
    /// <summary>Only for the thread that writes.</summary>
    public void Apply(RocksBatch batch, CellChanges changes)
    {
        var (key, value) = (new ByteWriter(), new ByteWriter());
        foreach (var (cell, change) in changes.OfAllLengths())
        {
            WriteKey(key.Clear(), cell.Length, cell.EpochSeconds, cell.Group).UInt64(cell.Part);
            var tally = database.Find(table, key.Written) is { } known ? TallyCodec.Read(known, cell.EpochSeconds) : new GraphTally();
            tally.Add(change);
            if (tally.SeenCount == 0)
            {
                batch.Delete(table, key.Written);
                continue;
            }
            TallyCodec.Write(tally, cell.EpochSeconds, value);
            batch.Put(table, key.Written, value.Written);
        }
    }

    public IReadOnlyList<GraphCell> Read(uint group, CellLength length, long from, long to)
    {
        var cells = new List<GraphCell>();
        var start = WriteKey(new ByteWriter(), length, from, group: 0);
        var end = WriteKey(new ByteWriter(), length, to, group: 0);
        using var cursor = database.Walk(table, start.Written, end.Written);
        while (cursor.MoveNext())
        {
            var key = new ByteReader(cursor.Key[1..]);
            var (begins, of, part) = (key.UInt32(), key.UInt32(), key.UInt64());
            if (of == group) cells.Add(new GraphCell(begins, parts.Get(part), TallyCodec.Read(cursor.Value, begins)));
        }
        return cells;
    }

    public void DropBefore(ushort day)
    {
        foreach (var length in CellLengths.All)
            database.DeleteRange(table, WriteKey(new ByteWriter(), length, 0, 0).Written, WriteKey(new ByteWriter(), length, day * 86400L, 0).Written);
    }

    static ByteWriter WriteKey(ByteWriter key, CellLength length, long epochSeconds, uint group) =>
        key.Byte((byte)length).UInt32((uint)Math.Clamp(epochSeconds, 0, uint.MaxValue)).UInt32(group);
}
