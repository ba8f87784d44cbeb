using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery.Statistics;

/// <summary>Looks at all traces of a range that match, as far as can be done while somebody waits: for figures and for orders other than by time.</summary>
public sealed class TraceScan(SummarySearch search)
{
    /// <summary>More traces than these are not looked at; the newest are.</summary>
    public const int TracesMax = 10_000;

    // Of 10,000 rows each: a filter that little matches is not followed for ever.
    const int PagesMax = 10;

    public async Task<ScannedTraces> ReadAsync(TraceTimeRange range, FilterExpression filter)
    {
        var found = new List<TraceSummary>();
        TraceMark? after = null;
        for (var pages = 0; pages < PagesMax && found.Count < TracesMax; pages++)
        {
            var page = await search.FindAsync(range, filter, sampling: null, after, TracesMax - found.Count);
            found.AddRange(page.Traces.Select(trace => trace.Summary));
            after = page.Next;
            if (after is null) return new ScannedTraces(found, IsWhole: true);
        }
        return new ScannedTraces(found, IsWhole: false);
    }
}

/// <param name="Traces">Newest first.</param>
/// <param name="IsWhole">Whether these are all that match; else the newest of them.</param>
public sealed record ScannedTraces(IReadOnlyList<TraceSummary> Traces, bool IsWhole);
