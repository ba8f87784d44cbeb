using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Reads traces out of the store, merged.</summary>
public sealed class StoredTraces(ITraceStore store)
{
    const int PageSize = 200;

    /// <summary>The trace, or null when nothing is stored of it.</summary>
    public async ValueTask<Trace?> FindAsync(TraceId id)
    {
        var stored = await store.ReadAsync(id);
        if (stored.Documents.Count == 0) return null;
        return Trace.Merge(id, stored.Documents.Select(document => SegmentDocument.Read(document.Json)), stored.Revision);
    }

    /// <summary>At most so many traces of a range, newest first, each with its mark for the page after.</summary>
    public async ValueTask<IReadOnlyList<(TraceMark Mark, Trace Trace)>> FindPageAsync(TraceTimeRange range, TraceMark? after, int countMax)
    {
        var page = new List<(TraceMark, Trace)>(countMax);
        foreach (var mark in await store.FindAsync(range, after, countMax))
            if (await FindAsync(mark.TraceId) is { } trace) page.Add((mark, trace));
        return page;
    }

    /// <summary>All traces of a range, newest first, read as they are asked for.</summary>
    public async IAsyncEnumerable<Trace> FindAllAsync(TraceTimeRange range)
    {
        TraceMark? after = null;
        while (await FindPageAsync(range, after, PageSize) is { Count: > 0 } page)
        {
            foreach (var (_, trace) in page) yield return trace;
            after = page[^1].Mark;
        }
    }
}
