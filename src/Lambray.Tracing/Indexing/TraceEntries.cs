using Lambray.Tracing.Groups;
using Lambray.Tracing.Segments;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.Indexing;

/// <summary>Makes the index entry of a trace of its documents.</summary>
sealed class TraceEntries(ITraceStore store, ITraceIndex index, TraceGroups groups)
{
    readonly StoredTraces traces = new(store);

    public async Task<TraceEntry> OfAsync(TraceId id, PendingTrace arrived)
    {
        var trace = Trace.Merge(id, await DocumentsAsync(id, arrived));
        var counts = GraphCounts.Of(trace, await LinkedWork.FindAsync(trace, traces.FindAsync));
        // Subsegments alone are no trace yet: it is known and not found.
        if (TraceSummary.Of(trace) is not { } summary) return new TraceEntry(id, trace.Start, trace.End, ReadOnlyMemory<byte>.Empty, [], counts, []);
        return new TraceEntry(
            id, summary.StartTime, trace.End, TraceSummaryCodec.Write(summary), [.. TraceTerms.Of(summary), .. TraceTerms.LinksOf(trace)], counts, GroupsOf(summary));
    }

    // A trace that was never indexed has no documents but those that have just arrived.
    async ValueTask<IEnumerable<SegmentEntity>> DocumentsAsync(TraceId id, PendingTrace arrived) =>
        arrived.Documents is { } documents && !index.Has(id) ? documents : (await store.ReadAsync(id)).Select(document => document.Read());

    List<uint> GroupsOf(TraceSummary summary)
    {
        var matching = new List<uint>();
        foreach (var group in groups.All)
            if (group.Name != TraceGroup.DefaultName && group.Filter.Matches(summary)) matching.Add(group.Number);
        return matching;
    }
}
