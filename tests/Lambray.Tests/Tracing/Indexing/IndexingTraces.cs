using Lambray.Aws;
using Lambray.Tests.Server;
using Lambray.Tracing;
using Lambray.Tracing.Groups;
using Lambray.Tracing.Indexing;
using Lambray.Tracing.Intake;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;
using Lambray.Tracing.TraceStore.Rocks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lambray.Tests.Tracing.Indexing;

/// <summary>Whatever the order in which documents arrive, the index says in the end what it would say had they come all at once.</summary>
public sealed class IndexingTraces
{
    const int TracesPerRun = 12;

    static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds((long)TestSegments.Noon);
    static readonly TraceTimeRange Everything = new(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, 12).Select(seed => new TheoryDataRow<int>(seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Is_the_same_in_every_order_of_arrival(int seed)
    {
        var random = new Random(seed);
        var documents = RandomDocuments.Of(random, TracesPerRun);
        await using var atOnce = await Indexed.OpenAsync();
        await atOnce.AppendAsync(documents);

        await using var piecemeal = await Indexed.OpenAsync();
        foreach (var batch in Pieces(random, documents)) await piecemeal.AppendAsync(batch);

        Assert.Equal(await atOnce.RowsAsync(), await piecemeal.RowsAsync());
        foreach (var length in CellLengths.All)
        {
            Assert.Equal(await atOnce.CellsAsync(ITraceIndex.EveryTrace, length), await piecemeal.CellsAsync(ITraceIndex.EveryTrace, length));
            Assert.Equal(await atOnce.CellsAsync(atOnce.Group.Number, length), await piecemeal.CellsAsync(piecemeal.Group.Number, length));
        }
    }

    [Fact]
    public async Task Indexes_after_a_crash_what_had_arrived_before()
    {
        using var directory = new TemporaryDirectory();
        await using (var store = Indexed.OpenStore(directory))
            await store.AppendAsync([StoredDocument.Of(TestSegments.Segment(), TestSegments.TraceId, SegmentDocument.WriteAsSent(TestSegments.Segment()))], Noon);

        await using var reopened = await Indexed.OpenAsync(directory);

        await Eventually.HoldsAsync(async () => (await reopened.RowsAsync()).Count == 1);
        Assert.NotEmpty(await reopened.CellsAsync(ITraceIndex.EveryTrace, CellLength.Day));
    }

    [Theory]
    [InlineData(IntakeBacklog.LargeFrom, 0)]
    [InlineData(0, IntakeBacklog.AwaitedLargeFrom)]
    public async Task Lets_documents_through_that_would_be_lost_or_are_waited_for_but_not_for_ever(int waiting, int awaited)
    {
        var time = new FakeTimeProvider(Noon);
        await using var indexed = await Indexed.OpenAsync(time: time);
        for (var document = 0; document < waiting; document++) indexed.Backlog.Add();
        indexed.Backlog.Await(awaited);
        var segment = TestSegments.Segment();

        await indexed.StoreAsync([segment]);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            return indexed.Has(segment.TraceId);
        }, "it is indexed while the flood goes on");

        Assert.True(time.GetUtcNow() - Noon >= TimeSpan.FromSeconds(1), "The index did not give way.");
    }

    [Fact]
    public async Task Stops_in_the_middle_of_much_work_and_does_the_rest_after_the_next_start()
    {
        const int Traces = 2000;
        using var directory = new TemporaryDirectory();
        var segments = Enumerable.Range(0, Traces).Select(number => TestSegments.Segment() with { TraceId = TestSegments.TraceId with { Low = (uint)number } }).ToArray();
        var time = new FakeTimeProvider(Noon);
        await using (var stopped = await Indexed.OpenAsync(directory, time))
        {
            for (var waiting = 0; waiting < IntakeBacklog.LargeFrom; waiting++) stopped.Backlog.Add();
            await stopped.StoreAsync(segments);
            await Eventually.HoldsAsync(() =>
            {
                time.Advance(TimeSpan.FromMilliseconds(20));
                return stopped.Has(segments[0].TraceId);
            }, "the first of them are indexed");
        }
        await using (var store = Indexed.OpenStore(directory)) Assert.InRange(segments.Count(segment => store.Has(segment.TraceId)), 1, Traces - 1);

        await using var reopened = await Indexed.OpenAsync(directory);
        await Eventually.HoldsAsync(() => segments.All(segment => reopened.Has(segment.TraceId)), "the rest is indexed");
    }

    [Fact]
    public async Task A_trace_of_subsegments_alone_is_found_once_its_segment_comes()
    {
        await using var index = await Indexed.OpenAsync();
        await index.AppendAsync([TestSegments.Subsegment(id: 2, parent: 1, ns: "remote")]);
        Assert.Empty(await index.RowsAsync());

        await index.AppendAsync([TestSegments.Segment()]);

        Assert.Single(await index.RowsAsync());
        Assert.Contains(await index.CellsAsync(ITraceIndex.EveryTrace, CellLength.Second), cell => cell.Contains("remote", StringComparison.Ordinal));
    }

    // Any batches in any order, some documents twice; a complete one may come before the one in progress.
    static IEnumerable<IReadOnlyList<SegmentEntity>> Pieces(Random random, IReadOnlyList<SegmentEntity> documents)
    {
        var left = documents.Concat(documents.Where(document => !document.InProgress && random.Next(5) == 0)).ToArray();
        random.Shuffle(left);
        for (var first = 0; first < left.Length;)
        {
            var count = random.Next(1, 12);
            yield return left.Skip(first).Take(count).ToList();
            first += count;
        }
    }

    sealed class Indexed : IAsyncDisposable
    {
        readonly TemporaryDirectory? own;
        readonly Lambray.Storage.SqliteDatabase settings;
        readonly RocksTraceStore store;
        readonly TraceIndexer indexer;

        Indexed(TemporaryDirectory directory, TemporaryDirectory? own, Lambray.Storage.SqliteDatabase settings, TraceGroups groups, TimeProvider time)
        {
            (this.own, this.settings) = (own, settings);
            Group = groups.FindByName("errors")!;
            store = OpenStore(directory);
            indexer = new TraceIndexer(store, store, groups, Backlog, time, NullLogger<TraceIndexer>.Instance);
        }

        public TraceGroup Group { get; }

        public IntakeBacklog Backlog { get; } = new();

        public static RocksTraceStore OpenStore(TemporaryDirectory directory) => RocksTraceStore.Open(directory.Path, TimeSpan.FromDays(30));

        public static async Task<Indexed> OpenAsync(TemporaryDirectory? directory = null, TimeProvider? time = null)
        {
            var own = directory is null ? new TemporaryDirectory() : null;
            var settings = XRayDatabase.Open((directory ?? own!).Path);
            var groups = new TraceGroups(settings, new AwsHome("eu-central-1", "000000000000"), TimeProvider.System);
            if (groups.FindByName("errors") is null) await groups.CreateAsync("errors", "service() { fault OR error }", new InsightsConfig(false, false), []);
            return new Indexed(directory ?? own!, own, settings, groups, time ?? TimeProvider.System);
        }

        public async Task AppendAsync(IReadOnlyList<SegmentEntity> entities)
        {
            await StoreAsync(entities);
            await indexer.CatchUpAsync();
        }

        public Task StoreAsync(IReadOnlyList<SegmentEntity> entities) =>
            store.AppendAsync([.. entities.Select(entity => StoredDocument.Of(entity, RandomDocuments.TraceOf(entity), SegmentDocument.WriteAsSent(entity)))], Noon);

        public bool Has(TraceId id) => store.Has(id);

        public async Task<List<string>> RowsAsync() =>
        [
            .. (await store.SearchAsync(new TraceSearch(Everything, []), null, 1000)).Rows
                .Select(row => $"{row.Mark} {Convert.ToHexString(row.Row.Span)}"),
        ];

        public async Task<List<string>> CellsAsync(uint group, CellLength length) =>
        [
            .. (await store.ReadCellsAsync(group, length, 0, uint.MaxValue)).Select(cell => Text(cell)).Order(),
        ];

        public async ValueTask DisposeAsync()
        {
            await indexer.DisposeAsync();
            await store.DisposeAsync();
            await settings.DisposeAsync();
            own?.Dispose();
        }

        static string Text(GraphCell cell)
        {
            var tally = cell.Tally;
            var durations = string.Join(' ', tally.Durations.Select(step => $"{step.Milliseconds}:{step.Calls}"));
            return $"{cell.EpochSeconds} {cell.Part} {tally.StartMicroseconds}-{tally.EndMicroseconds} seen {tally.SeenCount} roots {tally.RootCount} "
                + $"sent {tally.SentCount} {tally.OkCount}/{tally.ErrorCount}/{tally.ThrottleCount}/{tally.FaultCount} {tally.DurationMicroseconds} [{durations}]";
        }
    }
}
