namespace Lambray.Tracing.TraceStore.Rocks;

readonly record struct CellKey(CellLength Length, long EpochSeconds, uint Group, ulong Part);

/// <summary>What many traces together add to the cells of the map and take away from them.</summary>
sealed class CellChanges
{
    readonly Dictionary<CellKey, GraphTally> seconds = [];

    /// <param name="times">-1 for what an entry added that is replaced.</param>
    public void Add(EntryRecord entry, int times)
    {
        var second = Math.DivRem(entry.StartMicroseconds, 1_000_000).Quotient;
        foreach (var count in entry.Counts)
        {
            TallyOf(second, 0, count.Part).Add(count.Count, times);
            foreach (var group in entry.Groups) TallyOf(second, group, count.Part).Add(count.Count, times);
        }
    }

    /// <summary>Summed for the longer cells too: there are far fewer of them than there are traces.</summary>
    public IEnumerable<(CellKey Cell, GraphTally Change)> OfAllLengths()
    {
        var level = seconds;
        foreach (var length in CellLengths.All)
        {
            if (length != CellLength.Second) level = Sum(level, length);
            foreach (var (cell, change) in level) yield return (cell, change);
        }
    }

    static Dictionary<CellKey, GraphTally> Sum(Dictionary<CellKey, GraphTally> shorter, CellLength length)
    {
        var sums = new Dictionary<CellKey, GraphTally>();
        foreach (var (cell, change) in shorter)
        {
            var key = cell with { Length = length, EpochSeconds = cell.EpochSeconds - cell.EpochSeconds % length.Seconds() };
            if (!sums.TryGetValue(key, out var sum)) sums[key] = sum = new GraphTally();
            sum.Add(change);
        }
        return sums;
    }

    GraphTally TallyOf(long second, uint group, ulong part)
    {
        var key = new CellKey(CellLength.Second, second, group, part);
        if (!seconds.TryGetValue(key, out var tally)) seconds[key] = tally = new GraphTally();
        return tally;
    }
}
