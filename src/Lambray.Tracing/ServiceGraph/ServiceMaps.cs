using Lambray.Tracing.Groups;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Filters;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>Reads the service map of a range of time out of the index: of the traces that began in it, by whole seconds.</summary>
public sealed class ServiceMaps(ITraceIndex index, StoredTraces stored)
{
    /// <summary>The map of some traces.</summary>
    public async ValueTask<IReadOnlyList<ServiceNode>> OfAsync(IEnumerable<Trace> traces)
    {
        var graph = new ServiceGraphBuilder();
        foreach (var trace in traces) graph.Add(GraphCounts.Of(trace, await LinkedWork.FindAsync(trace, stored.FindAsync)));
        return graph.Build();
    }

    public async ValueTask<IReadOnlyList<ServiceNode>> ReadAsync(TraceGroup group, DateTimeOffset start, DateTimeOffset end)
    {
        var graph = new ServiceGraphBuilder();
        foreach (var (part, tally) in await index.SumCellsAsync(group.Number, [.. GraphRange.Cover(start.ToUnixTimeSeconds(), Ceiling(end), CellLength.Day)])) graph.Add(part, tally);
        return graph.Build();
    }

    /// <summary>The figures of the parts selected, for each period of a range in which there are any.</summary>
    /// <param name="period">Whole seconds; periods begin at multiples of it since 1970.</param>
    public async IAsyncEnumerable<(DateTimeOffset Start, GraphTally Tally)> ReadSeriesAsync(
        TraceGroup group, EntitySelector selector, DateTimeOffset start, DateTimeOffset end, TimeSpan period)
    {
        var seconds = (long)period.TotalSeconds;
        var longest = CellLengths.All.Last(length => seconds % length.Seconds() == 0);
        var (begins, tally) = (0L, new GraphTally());
        await foreach (var cell in ReadSeriesCellsAsync(group, start.ToUnixTimeSeconds(), Ceiling(end), longest))
        {
            if (!selector.Selects(cell.Part.From, cell.Part.To)) continue;
            var begin = cell.EpochSeconds - cell.EpochSeconds % seconds;
            if (begin != begins && tally.SeenCount > 0)
            {
                yield return (DateTimeOffset.FromUnixTimeSeconds(begins), tally);
                tally = new GraphTally();
            }
            begins = begin;
            tally.Add(cell.Tally);
        }
        if (tally.SeenCount > 0) yield return (DateTimeOffset.FromUnixTimeSeconds(begins), tally);
    }

    /// <summary>Whether some traces of the range were grouped by an expression that the group had before (<c>ContainsOldGroupVersions</c>).</summary>
    public async ValueTask<bool> HasOldVersionsAsync(TraceGroup group, DateTimeOffset start, DateTimeOffset end)
    {
        if (group.Number == ITraceIndex.EveryTrace) return false;
        var changed = group.FilterSince < end ? group.FilterSince : end;
        foreach (var (length, first, last) in GraphRange.Cover(start.ToUnixTimeSeconds(), changed.ToUnixTimeSeconds(), CellLength.Day))
            if ((await index.ReadCellsAsync(group.Number, length, first, last)).Count > 0) return true;
        return false;
    }

    // Day by day, and only those days in which there is anything: a range may begin in 1970.
    async IAsyncEnumerable<GraphCell> ReadSeriesCellsAsync(TraceGroup group, long from, long to, CellLength longest)
    {
        var daySeconds = CellLength.Day.Seconds();
        var days = await index.ReadCellsAsync(group.Number, CellLength.Day, from - from % daySeconds, to);
        foreach (var day in days.Select(cell => cell.EpochSeconds).Distinct())
            foreach (var (length, first, last) in GraphRange.Cover(Math.Max(from, day), Math.Min(to, day + daySeconds), longest))
                foreach (var cell in await index.ReadCellsAsync(group.Number, length, first, last)) yield return cell;
    }

    static long Ceiling(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return time > DateTimeOffset.FromUnixTimeSeconds(seconds) ? seconds + 1 : seconds;
    }
}
