namespace Lambray.Tracing.TraceStore.Rocks;

readonly record struct CellKey(CellLength Length, long EpochSeconds, uint Group, ulong Part);

/// <summary>What is added to a cell and taken away from it.</summary>
sealed class CellChange
{
    public GraphTally Sum { get; } = new();

    // The times of what is taken away.
    long removedStart = long.MaxValue;
    long removedEnd = long.MinValue;

    public void Add(in GraphCount count) => Sum.Add(count);

    public void Remove(in GraphCount count)
    {
        Sum.Add(count, -1);
        Remove(count.StartMicroseconds, count.EndMicroseconds);
    }

    public void Add(CellChange other)
    {
        Sum.Add(other.Sum);
        Remove(other.removedStart, other.removedEnd);
    }

    /// <summary>Whether a cell's first or last time is taken away, and nothing that is added takes its place.</summary>
    public bool MayNarrow(long start, long end) =>
        (removedStart <= start && Sum.StartMicroseconds > removedStart) || (removedEnd >= end && Sum.EndMicroseconds < removedEnd);

    void Remove(long start, long end)
    {
        removedStart = Math.Min(removedStart, start);
        removedEnd = Math.Max(removedEnd, end);
    }
}

/// <summary>What the entries of many traces together change in the cells of the map, second by second.</summary>
sealed class CellChanges
{
    readonly Dictionary<CellKey, CellChange> seconds = [];

    public IReadOnlyDictionary<CellKey, CellChange> Seconds => seconds;

    public static long SecondOf(EntryRecord entry) => entry.StartMicroseconds / 1_000_000;

    public void Add(EntryRecord entry)
    {
        foreach (var (key, count) in KeysOf(entry)) ChangeOf(key).Add(count);
    }

    public void Remove(EntryRecord entry)
    {
        foreach (var (key, count) in KeysOf(entry)) ChangeOf(key).Remove(count);
    }

    /// <summary>The same for longer cells, of which there are far fewer than there are traces.</summary>
    public static Dictionary<CellKey, CellChange> Sum(IReadOnlyDictionary<CellKey, CellChange> shorter, CellLength length)
    {
        var sums = new Dictionary<CellKey, CellChange>();
        foreach (var (cell, change) in shorter)
        {
            var key = cell with
            {
                Length = length,
                EpochSeconds = cell.EpochSeconds - cell.EpochSeconds % length.Seconds(),
            };
            if (!sums.TryGetValue(key, out var sum)) sums[key] = sum = new CellChange();
            sum.Add(change);
        }
        return sums;
    }

    /// <summary>The cells of a second in which an entry counts: those of all traces and of its groups.</summary>
    public static IEnumerable<(CellKey Key, GraphCount Count)> KeysOf(EntryRecord entry)
    {
        var second = SecondOf(entry);
        foreach (var count in entry.Counts)
        {
            yield return (new CellKey(CellLength.Second, second, ITraceIndex.EveryTrace, count.Part), count.Count);
            foreach (var group in entry.Groups) yield return (new CellKey(CellLength.Second, second, group, count.Part), count.Count);
        }
    }

    CellChange ChangeOf(CellKey key)
    {
        if (!seconds.TryGetValue(key, out var change)) seconds[key] = change = new CellChange();
        return change;
    }
}
