using Lambray.Tracing.TraceQuery.Filters;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>The figures of one part of the map: over a whole range, and period by period.</summary>
/// <param name="Periods">By time; those in which nothing happened are left out.</param>
public sealed record PartFigures(GraphTally Whole, IReadOnlyList<(DateTimeOffset Start, GraphTally Tally)> Periods)
{
    /// <summary>Of what matches a filter.</summary>
    /// <param name="period">Whole seconds; periods begin at multiples of it since 1970.</param>
    public static PartFigures Of(FilteredMap map, EntitySelector selector, TimeSpan period)
    {
        var seconds = (long)period.TotalSeconds;
        var periods = new SortedDictionary<long, GraphTally>();
        foreach (var cell in map.Cells)
        {
            if (!selector.Selects(cell.Part.From, cell.Part.To)) continue;
            var begin = cell.EpochSeconds - cell.EpochSeconds % seconds;
            if (!periods.TryGetValue(begin, out var tally)) periods[begin] = tally = new GraphTally();
            tally.Add(cell.Tally);
        }
        return Of([.. periods.Select(one => (DateTimeOffset.FromUnixTimeSeconds(one.Key), one.Value))]);
    }

    public static PartFigures Of(IReadOnlyList<(DateTimeOffset Start, GraphTally Tally)> periods)
    {
        var whole = new GraphTally();
        foreach (var (_, tally) in periods) whole.Add(tally);
        return new PartFigures(whole, periods);
    }

    /// <summary>The time within which so much of the calls ended; null where none has.</summary>
    /// <param name="share">Of 1; 0.99 for the 99th percentile.</param>
    public TimeSpan? Percentile(double share)
    {
        long calls = 0;
        foreach (var step in Whole.Durations) calls += step.Calls;
        long wanted = Math.Max(1, (long)Math.Ceiling(share * calls)), seen = 0;
        foreach (var (milliseconds, count) in Whole.Durations)
            if ((seen += count) >= wanted) return TimeSpan.FromMilliseconds(milliseconds);
        return null;
    }
}
