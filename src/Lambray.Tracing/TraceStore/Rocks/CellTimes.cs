namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>Finds the first and last time of a cell anew when what had it is taken away: of the entries of a second, of the shorter cells of a longer one.</summary>
/// <remarks>What one batch changes cannot be read from the tables yet, so the cells of the batch are remembered here.</remarks>
sealed class CellTimes(CellTable cells, Func<long, IEnumerable<(CellKey Key, GraphCount Count)>> countsOfSecond)
{
    readonly Dictionary<long, Dictionary<CellKey, (long Start, long End)>> seconds = [];
    Dictionary<CellKey, GraphTally> shorter = [];
    Dictionary<CellKey, GraphTally> noted = [];

    public void Begin(CellLength length)
    {
        if (length != CellLength.Second) (shorter, noted) = (noted, []);
    }

    public void Note(CellKey cell, GraphTally tally) => noted[cell] = tally;

    public void FindAnew(CellKey cell, GraphTally tally)
    {
        var (start, end) = (long.MaxValue, long.MinValue);
        foreach (var time in cell.Length == CellLength.Second ? TimesOfSecond(cell) : TimesOfShorter(cell))
        {
            start = Math.Min(start, time.Start);
            end = Math.Max(end, time.End);
        }
        (tally.StartMicroseconds, tally.EndMicroseconds) = (start, end);
    }

    IEnumerable<(long Start, long End)> TimesOfSecond(CellKey cell)
    {
        if (!seconds.TryGetValue(cell.EpochSeconds, out var times)) seconds[cell.EpochSeconds] = times = ReadSecond(cell.EpochSeconds);
        return times.TryGetValue(cell, out var found) ? [found] : [];
    }

    Dictionary<CellKey, (long Start, long End)> ReadSecond(long second)
    {
        var times = new Dictionary<CellKey, (long Start, long End)>();
        foreach (var (key, count) in countsOfSecond(second))
        {
            var (start, end) = times.GetValueOrDefault(key, (long.MaxValue, long.MinValue));
            times[key] = (Math.Min(start, count.StartMicroseconds), Math.Max(end, count.EndMicroseconds));
        }
        return times;
    }

    IEnumerable<(long Start, long End)> TimesOfShorter(CellKey cell)
    {
        var length = cell.Length - 1;
        for (var second = cell.EpochSeconds; second < cell.EpochSeconds + cell.Length.Seconds(); second += length.Seconds())
        {
            var key = cell with
            {
                Length = length,
                EpochSeconds = second,
            };
            var tally = shorter.TryGetValue(key, out var changed) ? changed : cells.Find(key);
            if (tally is { SeenCount: > 0 }) yield return (tally.StartMicroseconds, tally.EndMicroseconds);
        }
    }
}
