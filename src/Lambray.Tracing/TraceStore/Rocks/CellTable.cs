using Lambray.Storage.Rocks;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The map, summed by the second, ten seconds, minute, … day in which traces began.</summary>
/// <remarks>
/// <code>
/// length   begins      group   part       tally
/// 0        1795394952  0       93d1c0a4…  12 seen, 11 ok, 1 fault, 804,000 µs, 40 ms: 7, 96 ms: 5
/// 2        1795394940  0       93d1c0a4…  …
/// </code>
/// </remarks>
sealed class CellTable(RocksDatabase database, RocksTable table, PartTable parts)
{
    readonly ByteWriter key = new();
    readonly ByteWriter value = new();

    /// <summary>Only for the thread that writes.</summary>
    /// <param name="countsOfSecond">What the entries of a second count, those of this batch included.</param>
    public void Apply(RocksBatch batch, CellChanges changes, Func<long, IEnumerable<(CellKey Key, GraphCount Count)>> countsOfSecond)
    {
        var times = new CellTimes(this, countsOfSecond);
        var level = changes.Seconds;
        foreach (var length in CellLengths.All)
        {
            if (length != CellLength.Second) level = CellChanges.Sum(level, length);
            times.Begin(length);
            foreach (var (cell, change) in level) Apply(batch, cell, change, times);
        }
    }

    /// <summary>Only for the thread that writes.</summary>
    public GraphTally? Find(CellKey cell) =>
        database.Find(table, WriteKey(key.Clear(), cell).Written) is { } found ? TallyCodec.Read(found, cell.EpochSeconds) : null;

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

    public Dictionary<GraphPart, GraphTally> Sum(uint group, IReadOnlyList<CellRange> ranges)
    {
        var sums = new Dictionary<ulong, (GraphTally Tally, DurationSum Durations)>();
        foreach (var range in ranges) Sum(group, range, sums);
        foreach (var (tally, durations) in sums.Values) durations.MoveTo(tally.Durations);
        return sums.ToDictionary(sum => parts.Get(sum.Key), sum => sum.Value.Tally);
    }

    public void DropBefore(ushort day)
    {
        foreach (var length in CellLengths.All)
            database.DeleteRange(table, WriteKey(new ByteWriter(), length, 0, 0).Written, WriteKey(new ByteWriter(), length, day * 86400L, 0).Written);
    }

    void Sum(uint group, CellRange range, Dictionary<ulong, (GraphTally Tally, DurationSum Durations)> sums)
    {
        var start = WriteKey(new ByteWriter(), range.Length, range.From, group: 0);
        var end = WriteKey(new ByteWriter(), range.Length, range.To, group: 0);
        using var cursor = database.Walk(table, start.Written, end.Written);
        while (cursor.MoveNext())
        {
            var key = new ByteReader(cursor.Key[1..]);
            var (begins, of, part) = (key.UInt32(), key.UInt32(), key.UInt64());
            if (of != group) continue;
            if (!sums.TryGetValue(part, out var sum)) sums[part] = sum = (new GraphTally(), new DurationSum());
            TallyCodec.Add(cursor.Value, begins, sum.Tally, sum.Durations);
        }
    }

    void Apply(RocksBatch batch, CellKey cell, CellChange change, CellTimes times)
    {
        var tally = Find(cell) ?? new GraphTally();
        var (start, end) = (tally.StartMicroseconds, tally.EndMicroseconds);
        tally.Add(change.Sum);
        if (tally.SeenCount > 0 && change.MayNarrow(start, end)) times.FindAnew(cell, tally);
        times.Note(cell, tally);
        WriteKey(key.Clear(), cell);
        if (tally.SeenCount == 0)
        {
            batch.Delete(table, key.Written);
            return;
        }
        TallyCodec.Write(tally, cell.EpochSeconds, value);
        batch.Put(table, key.Written, value.Written);
    }

    static ByteWriter WriteKey(ByteWriter key, CellKey cell) => WriteKey(key, cell.Length, cell.EpochSeconds, cell.Group).UInt64(cell.Part);

    static ByteWriter WriteKey(ByteWriter key, CellLength length, long epochSeconds, uint group) =>
        key.Byte((byte)length).UInt32((uint)Math.Clamp(epochSeconds, 0, uint.MaxValue)).UInt32(group);
}
