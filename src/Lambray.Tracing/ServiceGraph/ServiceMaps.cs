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
        await foreach (var cell in ReadCellsAsync(group, start.ToUnixTimeSeconds(), Ceiling(end))) graph.Add(cell);
        return graph.Build();
    }

    /// <summary>The figures of the parts selected, for each period of a range in which there are any.</summary>
    /// <param name="period">Whole seconds; periods begin at multiples of it since 1970.</param>
    public async IAsyncEnumerable<(DateTimeOffset Start, GraphTally Tally)> ReadSeriesAsync(
        TraceGroup group, EntitySelector selector, DateTimeOffset start, DateTimeOffset end, TimeSpan period)
    {
        var (seconds, from, to) = ((long)period.TotalSeconds, start.ToUnixTimeSeconds(), Ceiling(end));
        for (var begins = from - from % seconds; begins < to; begins += seconds)
        {
            var tally = new GraphTally();
            await foreach (var cell in ReadCellsAsync(group, Math.Max(begins, from), Math.Min(begins + seconds, to)))
                if (selector.Selects(cell.Part.From, cell.Part.To)) tally.Add(cell.Tally);
            if (tally.SeenCount > 0) yield return (DateTimeOffset.FromUnixTimeSeconds(begins), tally);
        }
    }

    /// <summary>Whether some traces of the range were grouped by an expression that the group had before (<c>ContainsOldGroupVersions</c>).</summary>
    public async ValueTask<bool> HasOldVersionsAsync(TraceGroup group, DateTimeOffset start, DateTimeOffset end)
    {
        if (group.Number == ITraceIndex.EveryTrace) return false;
        var changed = group.FilterSince < end ? group.FilterSince : end;
        await foreach (var _ in ReadCellsAsync(group, start.ToUnixTimeSeconds(), changed.ToUnixTimeSeconds())) return true;
        return false;
    }

    async IAsyncEnumerable<GraphCell> ReadCellsAsync(TraceGroup group, long from, long to)
    {
        foreach (var (length, first, last) in GraphRange.Cover(from, to))
            foreach (var cell in await index.ReadCellsAsync(group.Number, length, first, last)) yield return cell;
    }

    static long Ceiling(DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return time > DateTimeOffset.FromUnixTimeSeconds(seconds) ? seconds + 1 : seconds;
    }
}
