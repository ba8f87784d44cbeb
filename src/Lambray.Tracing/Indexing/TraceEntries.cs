using Lambray.Tracing.Segments;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.Indexing;

/// <summary>Makes the index entry of a trace of its documents.</summary>
sealed class TraceEntries(ITraceStore store, ITraceIndex index)
{
    static readonly byte[] Listed = [1];

    public async Task<TraceEntry> OfAsync(TraceId id, PendingTrace arrived)
    {
        var trace = Trace.Merge(id, await DocumentsAsync(id, arrived));
        var summary = TraceSummary.Of(trace);
        return new TraceEntry(id, summary?.StartTime ?? trace.Start, trace.End, summary is null ? ReadOnlyMemory<byte>.Empty : Listed, [], GraphCounts.Of(trace), []);
    }

    // A trace that was never indexed has no documents but those that have just arrived.
    async ValueTask<IEnumerable<SegmentEntity>> DocumentsAsync(TraceId id, PendingTrace arrived) =>
        arrived.Documents is { } documents && !index.Has(id) ? documents : (await store.ReadAsync(id)).Select(document => document.Read());
}
