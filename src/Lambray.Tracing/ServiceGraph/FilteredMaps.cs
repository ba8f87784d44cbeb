using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>Adds up the traces that a filter lets through, one by one: the index keeps the figures of groups, not those of any filter.</summary>
public sealed class FilteredMaps(SummarySearch search, StoredTraces stored)
{
    // As many as are read and merged in about a tenth of a second.
    const int TracesMax = 500;

    public async ValueTask<FilteredMap> ReadAsync(TraceTimeRange range, FilterExpression filter)
    {
        var cells = new List<GraphCell>();
        var (traces, after) = (0, default(TraceMark?));
        do
        {
            var page = await search.FindAsync(range, filter, sampling: null, after, TracesMax - traces);
            foreach (var found in page.Traces) await AddAsync(found.Summary, cells);
            (traces, after) = (traces + page.Traces.Count, page.Next);
        }
        while (after is not null && traces < TracesMax);
        return new FilteredMap(cells, traces, IsWhole: after is null);
    }

    async ValueTask AddAsync(TraceSummary summary, List<GraphCell> cells)
    {
        if (await stored.FindAsync(summary.Id) is not { } trace) return;
        var seconds = summary.StartTime.EpochMicroseconds / 1_000_000;
        foreach (var count in GraphCounts.Of(trace, await LinkedWork.FindAsync(trace, stored.FindAsync)))
        {
            var tally = new GraphTally();
            tally.Add(count);
            cells.Add(new GraphCell(seconds, count.Part, tally));
        }
    }
}

/// <param name="Cells">By the second in which the traces began, in no order; several may be of one second and part.</param>
/// <param name="IsWhole">Whether these are all traces that match; else they are the newest.</param>
public sealed record FilteredMap(IReadOnlyList<GraphCell> Cells, int Traces, bool IsWhole)
{
    public IReadOnlyList<ServiceNode> Build()
    {
        var graph = new ServiceGraphBuilder();
        foreach (var cell in Cells) graph.Add(cell.Part, cell.Tally);
        return graph.Build();
    }
}
