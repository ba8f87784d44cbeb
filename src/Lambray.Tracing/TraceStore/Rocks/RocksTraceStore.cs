using Lambray.Storage.Rocks;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The embedded trace store: ordered tables in two databases. docs/formats/traces.md tells what is in them.</summary>
/// <remarks>Whoever waits for documents to be durable does not wait for the index, which writes several times as many keys.</remarks>
public sealed class RocksTraceStore : ITraceStore, ITraceIndex, IAsyncDisposable
{
    const string DocumentsDirectory = "traces/documents";
    const string IndexDirectory = "traces/index";
    const int LongValues = 32 * 1024;
    const int ShortKeys = 8 * 1024;

    static readonly TimeSpan ForgetsArrivalsAfter = TimeSpan.FromSeconds(1);

    static readonly RocksTableShape[] DocumentShapes = [new("documents", LongValues), new("arrivals", ShortKeys), new("strays", ShortKeys, LookedUp: true)];

    static readonly RocksTableShape[] IndexShapes =
    [
        new("rows", LongValues, LookedUp: true), new("orders", ShortKeys), new("terms", ShortKeys), new("parts", ShortKeys, LookedUp: true),
        new("cells", ShortKeys, LookedUp: true),
    ];

    static readonly RocksMemory DocumentMemory = new(WriteBuffersBytes: 32 * 1024 * 1024, CacheBytes: 16 * 1024 * 1024);
    static readonly RocksMemory IndexMemory = new(WriteBuffersBytes: 64 * 1024 * 1024, CacheBytes: 48 * 1024 * 1024);

    readonly RocksDatabase written;
    readonly RocksDatabase index;
    readonly TraceDays days;
    readonly PartTable parts;
    readonly DocumentTable documents;
    readonly ArrivalTable arrivals;
    readonly EntryTable entries;
    readonly CellTable cells;
    readonly IReadOnlyList<TraceId> unindexed;
    readonly AppendQueue appends;
    readonly SemaphoreSlim indexing = new(1);
    long indexedThrough;
    DateTimeOffset forgotArrivals;
    bool isDisposed;

    RocksTraceStore(RocksDatabase written, RocksDatabase index, TimeSpan retention)
    {
        (this.written, this.index) = (written, index);
        documents = new DocumentTable(written, written.Tables[0]);
        arrivals = new ArrivalTable(written, written.Tables[1]);
        days = new TraceDays(written, written.Tables[2], retention);
        parts = new PartTable(index, index.Tables[3]);
        entries = new EntryTable(index, days, index.Tables[0], index.Tables[1], index.Tables[2], parts);
        cells = new CellTable(index, index.Tables[4], parts);
        (unindexed, var lastArrival) = arrivals.Read();
        appends = new AppendQueue(written, days, documents, arrivals, lastArrival);
    }

    /// <param name="retention">A trace whose id tells an older time is filed under the day on which it came.</param>
    public static RocksTraceStore Open(string directory, TimeSpan retention)
    {
        var written = RocksDatabase.Open(Path.Combine(directory, DocumentsDirectory), DocumentShapes, DocumentMemory);
        try
        {
            return new RocksTraceStore(written, RocksDatabase.Open(Path.Combine(directory, IndexDirectory), IndexShapes, IndexMemory), retention);
        }
        catch
        {
            written.Dispose();
            throw;
        }
    }

    public void Tell(IArrivals arrivals) => appends.Tell(arrivals);

    public Task AppendAsync(IReadOnlyList<StoredDocument> documents, DateTimeOffset received) => appends.AppendAsync(documents, received);

    public ValueTask<IReadOnlyList<StoredDocument>> ReadAsync(TraceId id) => ValueTask.FromResult(documents.Read(days.Find(id), id));

    public IReadOnlyList<TraceId> FindUnindexed() => unindexed;

    public bool Has(TraceId id) => entries.Has(id);

    public async Task PutAsync(IReadOnlyList<TraceEntry> entries, DateTimeOffset updated, long through)
    {
        await indexing.WaitAsync();
        try
        {
            Put(entries, updated, through);
        }
        finally
        {
            indexing.Release();
        }
    }

    public ValueTask<TracePage> SearchAsync(TraceSearch search, TraceMark? after, int rowsMax) => ValueTask.FromResult(entries.Search(search, after, rowsMax));

    public ValueTask<IReadOnlyList<GraphCell>> ReadCellsAsync(uint group, CellLength length, long from, long to) =>
        ValueTask.FromResult(cells.Read(group, length, from, to));

    public ValueTask<IReadOnlyDictionary<GraphPart, GraphTally>> SumCellsAsync(uint group, IReadOnlyList<CellRange> ranges) =>
        ValueTask.FromResult<IReadOnlyDictionary<GraphPart, GraphTally>>(cells.Sum(group, ranges));

    public async Task DropBeforeAsync(DateTimeOffset time)
    {
        await indexing.WaitAsync();
        try
        {
            var day = TraceDays.Of(time);
            documents.DropBefore(day);
            entries.DropBefore(day);
            cells.DropBefore(day);
            days.DropBefore(day);
        }
        finally
        {
            indexing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // It is registered as what it is and as what it serves as, and each is disposed of.
        if (Interlocked.Exchange(ref isDisposed, true)) return;
        await appends.DisposeAsync();
        ForgetArrivals();
        written.Dispose();
        index.Dispose();
        indexing.Dispose();
    }

    void Put(IReadOnlyList<TraceEntry> puts, DateTimeOffset updated, long through)
    {
        using var batch = new RocksBatch();
        var changes = new CellChanges();
        var put = new Dictionary<TraceId, EntryRecord>(puts.Count);
        foreach (var entry in puts) put[entry.Id] = entries.Put(batch, entry, updated, changes);
        cells.Apply(batch, changes, second => CountsOf(second, put));
        Write(batch);
        indexedThrough = through;
        if ((updated - forgotArrivals).Duration() < ForgetsArrivalsAfter) return;
        ForgetArrivals();
        forgotArrivals = updated;
    }

    void Write(RocksBatch batch)
    {
        try
        {
            index.Write(batch, sync: false);
        }
        catch (IOException)
        {
            parts.Forget();
            throw;
        }
    }

    // Only when the index will survive as well. What a crash leaves of them is indexed once more, which changes nothing.
    void ForgetArrivals()
    {
        using var batch = new RocksBatch();
        index.Sync();
        arrivals.DropThrough(batch, indexedThrough);
        written.Write(batch, sync: false);
    }

    IEnumerable<(CellKey Key, GraphCount Count)> CountsOf(long second, Dictionary<TraceId, EntryRecord> put)
    {
        var others = entries.FindBegunIn(second).Where(found => !put.ContainsKey(found.Id)).Select(found => found.Entry);
        return others.Concat(put.Values.Where(entry => CellChanges.SecondOf(entry) == second)).SelectMany(CellChanges.KeysOf);
    }
}
