using Lambray.Storage.Rocks;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The embedded trace store: ordered tables in one directory. docs/formats/traces.md tells what is in them.</summary>
public sealed class RocksTraceStore : ITraceStore, ITraceIndex, IAsyncDisposable
{
    const string DirectoryName = "traces";
    const int LongValues = 32 * 1024;
    const int ShortKeys = 8 * 1024;

    static readonly RocksTableShape[] Shapes =
    [
        new("documents", LongValues), new("arrivals", ShortKeys), new("strays", ShortKeys, LookedUp: true), new("rows", LongValues, LookedUp: true),
        new("orders", ShortKeys), new("terms", ShortKeys), new("parts", ShortKeys, LookedUp: true), new("cells", ShortKeys, LookedUp: true),
    ];

    static readonly RocksMemory Memory = new(WriteBuffersBytes: 64 * 1024 * 1024, CacheBytes: 64 * 1024 * 1024);

    readonly RocksDatabase database;
    readonly TraceDays days;
    readonly DocumentTable documents;
    readonly ArrivalTable arrivals;
    readonly EntryTable entries;
    readonly CellTable cells;
    readonly IReadOnlyList<TraceId> unindexed;
    readonly AppendQueue appends;
    readonly SemaphoreSlim indexing = new(1);

    RocksTraceStore(RocksDatabase database, TimeSpan retention)
    {
        this.database = database;
        var tables = database.Tables;
        days = new TraceDays(database, tables[2], retention);
        documents = new DocumentTable(database, tables[0]);
        arrivals = new ArrivalTable(database, tables[1]);
        var parts = new PartTable(database, tables[6]);
        entries = new EntryTable(database, days, tables[3], tables[4], tables[5], parts);
        cells = new CellTable(database, tables[7], parts);
        (unindexed, var lastArrival) = arrivals.Read();
        appends = new AppendQueue(database, days, documents, arrivals, lastArrival);
    }

    /// <param name="retention">A trace whose id tells an older time is filed under the day on which it came.</param>
    public static RocksTraceStore Open(string directory, TimeSpan retention) =>
        new(RocksDatabase.Open(Path.Combine(directory, DirectoryName), Shapes, Memory), retention);

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
        await appends.DisposeAsync();
        database.Dispose();
        indexing.Dispose();
    }

    // Not synced: a crash of the machine leaves the arrivals unindexed too, and they are done again.
    void Put(IReadOnlyList<TraceEntry> puts, DateTimeOffset updated, long through)
    {
        using var batch = new RocksBatch();
        var changes = new CellChanges();
        var put = new Dictionary<TraceId, EntryRecord>(puts.Count);
        foreach (var entry in puts) put[entry.Id] = entries.Put(batch, entry, updated, changes);
        cells.Apply(batch, changes, second => CountsOf(second, put));
        arrivals.DropThrough(batch, through);
        database.Write(batch, sync: false);
    }

    IEnumerable<(CellKey Key, GraphCount Count)> CountsOf(long second, Dictionary<TraceId, EntryRecord> put)
    {
        var others = entries.FindBegunIn(second).Where(found => !put.ContainsKey(found.Id)).Select(found => found.Entry);
        return others.Concat(put.Values.Where(entry => CellChanges.SecondOf(entry) == second)).SelectMany(CellChanges.KeysOf);
    }
}
