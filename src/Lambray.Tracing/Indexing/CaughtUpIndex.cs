using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.Indexing;

/// <summary>The index for those who ask: it knows of whatever arrived before the question.</summary>
public sealed class CaughtUpIndex(ITraceIndex index, TraceIndexer indexer) : ITraceIndex
{
    public bool Has(TraceId id) => index.Has(id);

    public Task PutAsync(IReadOnlyList<TraceEntry> entries, DateTimeOffset updated, long through) => index.PutAsync(entries, updated, through);

    public IReadOnlyList<TraceId> FindUnindexed() => index.FindUnindexed();

    public async ValueTask<TracePage> SearchAsync(TraceSearch search, TraceMark? after, int rowsMax)
    {
        await indexer.CatchUpAsync();
        return await index.SearchAsync(search, after, rowsMax);
    }

    public async ValueTask<IReadOnlyList<GraphCell>> ReadCellsAsync(uint group, CellLength length, long from, long to)
    {
        await indexer.CatchUpAsync();
        return await index.ReadCellsAsync(group, length, from, to);
    }

    public async ValueTask<IReadOnlyDictionary<GraphPart, GraphTally>> SumCellsAsync(uint group, IReadOnlyList<CellRange> ranges)
    {
        await indexer.CatchUpAsync();
        return await index.SumCellsAsync(group, ranges);
    }

    public Task DropBeforeAsync(DateTimeOffset time) => index.DropBeforeAsync(time);
}
