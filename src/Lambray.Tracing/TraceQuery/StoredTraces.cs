using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Reads traces out of the store, merged.</summary>
public sealed class StoredTraces(ITraceStore store)
{
    /// <summary>The trace, or null when nothing is stored of it.</summary>
    public async ValueTask<Trace?> FindAsync(TraceId id)
    {
        var documents = await store.ReadAsync(id);
        return documents.Count == 0 ? null : Trace.Merge(id, documents.Select(document => document.Read()));
    }
}
