using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Finds the traces whose segments name a trace: those that consumed what it sent.</summary>
public sealed class LinkingTraces(ITraceIndex index, StoredTraces traces, TimeProvider time)
{
    /// <summary>A message may be fetched by many; so many are shown.</summary>
    public const int CountMax = 100;

    // Clocks disagree, and a trace may name one that began before it was sent anything.
    static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<LinkingSegment>> FindAsync(Trace trace)
    {
        // Without a segment it has no time to look from.
        if (trace.Root is null) return [];
        // One that began in the future would not be found by the end of the range otherwise.
        var now = time.GetUtcNow() + Before;
        var search = new TraceSearch(new TraceTimeRange(trace.Start.ToDateTimeOffset() - Before, now), [[TraceTerms.Link(trace.Id)]]);
        var found = new List<LinkingSegment>();
        TraceMark? after = null;
        do
        {
            var page = await index.SearchAsync(search, after, CountMax);
            foreach (var row in page.Rows) await AddAsync(row.Mark.TraceId, trace.Id, found);
            after = page.Next;
        }
        while (after is not null && found.Count < CountMax);
        return found;
    }

    // The index narrows, the documents decide.
    async Task AddAsync(TraceId id, TraceId named, List<LinkingSegment> found)
    {
        if (found.Count >= CountMax || id == named || await traces.FindAsync(id) is not { } trace) return;
        foreach (var segment in trace.Segments)
            if (segment.Links.FirstOrDefault(link => link.TraceId == named) is { } link) found.Add(new LinkingSegment(id, segment, link));
    }
}

/// <summary>A segment that names another trace.</summary>
public sealed record LinkingSegment(TraceId TraceId, Segment Segment, TraceLink Link);
