using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Reads traces out of the store, merged.</summary>
public sealed class StoredTraces(ITraceStore store, ITraceIndex index)
{
    /// <summary>The trace, or null when nothing is stored of it.</summary>
    public async ValueTask<Trace?> FindAsync(TraceId id)
    {
        var documents = await store.ReadAsync(id);
        return documents.Count == 0 ? null : Trace.Merge(id, documents.Select(document => document.Read()));
    }

    /// <summary>At most so many traces of a range, newest first, each with its mark for the page after.</summary>
    public async ValueTask<IReadOnlyList<(TraceMark Mark, Trace Trace)>> FindPageAsync(TraceTimeRange range, TraceMark? after, int countMax)
    {
        var page = new List<(TraceMark, Trace)>(countMax);
        foreach (var row in (await index.SearchAsync(new TraceSearch(range, []), after, countMax)).Rows)
            if (await FindAsync(row.Mark.TraceId) is { } trace) page.Add((row.Mark, trace));
        return page;
    }
}
