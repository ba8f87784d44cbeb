using System.Text;
using Lambray.Tracing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;
using Xunit;

namespace Lambray.Tests.Tracing.TraceStore;

/// <summary>What every trace store and its index do; each implementation runs it.</summary>
public abstract class TraceStoreContract
{
    protected static readonly DateTimeOffset Received = DateTimeOffset.FromUnixTimeSeconds((long)TestSegments.Noon + 100);

    static readonly TraceTerm Red = new("colour", "red");
    static readonly TraceTerm Blue = new("colour", "blue");
    static readonly GraphPart Orders = new(null, new ServiceId("orders", "AWS::Lambda"));
    static readonly GraphPart Call = new(new ServiceId("orders", null), new ServiceId("stock", null, "000000000000"));

    protected abstract ITraceStore Store { get; }

    protected abstract ITraceIndex Index { get; }

    [Fact]
    public async Task Gives_documents_back_in_the_order_of_their_ids()
    {
        await Store.AppendAsync([Document(3), Document(1)], Received);
        await Store.AppendAsync([Document(2)], Received);

        Assert.Equal([1UL, 2, 3], (await Store.ReadAsync(TestSegments.TraceId)).Select(document => document.Id.Value));
    }

    [Fact]
    public async Task Knows_nothing_of_an_unknown_trace()
    {
        Assert.Empty(await Store.ReadAsync(TestSegments.TraceId));
        Assert.False(Index.Has(TestSegments.TraceId));
    }

    [Fact]
    public async Task A_complete_document_replaces_one_in_progress()
    {
        await Store.AppendAsync([Document(1, inProgress: true, text: "open")], Received);
        await Store.AppendAsync([Document(1, text: "complete")], Received);

        Assert.Equal("complete", await TextOf(1));
    }

    [Fact]
    public async Task A_late_document_in_progress_replaces_nothing()
    {
        await Store.AppendAsync([Document(1, text: "complete"), Document(1, inProgress: true, text: "late")], Received);

        Assert.Equal("complete", await TextOf(1));
    }

    [Fact]
    public async Task The_last_complete_document_wins()
    {
        await Store.AppendAsync([Document(1, text: "first"), Document(1, text: "second")], Received);

        Assert.Equal("second", await TextOf(1));
    }

    [Fact]
    public async Task Keeps_a_trace_together_whose_id_tells_no_time()
    {
        var id = TestSegments.Id("1-00000001-000000000000000000000001");
        await Store.AppendAsync([Document(1, trace: id)], Received);
        await Store.AppendAsync([Document(2, trace: id)], Received.AddDays(3));

        Assert.Equal(2, (await Store.ReadAsync(id)).Count);
    }

    [Fact]
    public async Task Tells_of_each_append_in_turn()
    {
        var arrivals = new Arrivals();
        Store.Tell(arrivals);
        await Store.AppendAsync([Document(1)], Received);
        await Store.AppendAsync([Document(2), Document(3)], Received);

        Assert.Equal([1UL, 2, 3], arrivals.Heard.Select(heard => heard.Id));
        Assert.True(arrivals.Heard[0].Arrival < arrivals.Heard[1].Arrival);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_through_traces_newest_first(bool byTerm)
    {
        var ids = Enumerable.Range(1, 5).Select(number => TestSegments.Id($"1-6553f100-{number:x24}")).ToArray();
        foreach (var (index, id) in ids.Index()) await PutAsync(Entry(id, start: index / 2 * 86400, terms: [Red, Blue]));
        await PutAsync(Entry(TestSegments.Id($"1-6553f100-{99:x24}"), start: 5, terms: [Blue]));

        var search = Search(0, 10 * 86400, clauses: byTerm ? [[Red, new TraceTerm("colour", "green")]] : []);
        var found = new List<TraceId>();
        TraceMark? after = null;
        do
        {
            var page = await Index.SearchAsync(search, after, rowsMax: 2);
            found.AddRange(page.Rows.Select(row => row.Mark.TraceId));
            after = page.Next;
            // What comes meanwhile is newer than the page and moves nothing.
            await PutAsync(Entry(TestSegments.Id($"1-6553f100-{1000 + found.Count:x24}"), start: 9 * 86400, terms: [Red]));
        }
        while (after is not null);

        Assert.Equal(ids.Reverse(), found.Where(ids.Contains));
    }

    [Theory]
    [InlineData(TraceTimeRangeType.TraceId, 10, 11, true)]
    [InlineData(TraceTimeRangeType.TraceId, 9, 10, false)]
    [InlineData(TraceTimeRangeType.TraceId, 11, 30, false)]
    [InlineData(TraceTimeRangeType.Service, 19, 20, false)]
    [InlineData(TraceTimeRangeType.Service, 20, 21, true)]
    [InlineData(TraceTimeRangeType.Event, 100, 101, true)]
    [InlineData(TraceTimeRangeType.Event, 50, 60, true)]
    [InlineData(TraceTimeRangeType.Event, 101, 110, false)]
    [InlineData(TraceTimeRangeType.Event, 0, 10, false)]
    public async Task Finds_by_each_of_a_trace_s_times(TraceTimeRangeType type, double start, double end, bool found)
    {
        await PutAsync(Entry(start: 10, end: 20));

        Assert.Equal(found ? [TestSegments.TraceId] : [], await FindAsync(Search(start, end, type)));
    }

    [Fact]
    public async Task Finds_everything_in_a_range_without_bounds()
    {
        await PutAsync(Entry(terms: [Red]));

        foreach (var clauses in new TraceTerm[][][] { [], [[Red]] })
            Assert.Single(await FindAsync(new TraceSearch(new TraceTimeRange(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue), clauses)));
    }

    [Fact]
    public async Task A_new_entry_takes_the_place_of_the_old()
    {
        await PutAsync(Entry(start: 1, row: "old", terms: [Red], counts: [Count(Orders, 1, 2), Count(Call, 1, 3, CallOutcome.Fault)]));
        await PutAsync(Entry(start: 0, row: "new", terms: [Blue], counts: [Count(Orders, 0, 2)]));

        var row = Assert.Single((await Index.SearchAsync(Search(0, 10), null, 10)).Rows);
        Assert.Equal(("new", 2), (Encoding.UTF8.GetString(row.Row.Span), row.Revision));
        Assert.Empty(await FindAsync(Search(1, 10)));
        var cell = Assert.Single(await CellsAsync(CellLength.Second));
        Assert.Equal((Orders, 1, 2_000_000), (cell.Part, cell.Tally.OkCount, cell.Tally.DurationMicroseconds));
    }

    [Fact]
    public async Task A_trace_without_a_row_is_known_and_not_found()
    {
        await PutAsync(Entry(row: ""));

        Assert.True(Index.Has(TestSegments.TraceId));
        Assert.Empty(await FindAsync(Search(0, 10)));
    }

    [Theory]
    [InlineData(CellLength.Second, 2)]
    [InlineData(CellLength.TenSeconds, 2)]
    [InlineData(CellLength.Minute, 2)]
    [InlineData(CellLength.TenMinutes, 1)]
    [InlineData(CellLength.Hour, 1)]
    [InlineData(CellLength.QuarterDay, 1)]
    [InlineData(CellLength.Day, 1)]
    public async Task Sums_up_what_traces_count(CellLength length, int cells)
    {
        var (first, second) = (TestSegments.Id("1-6553f100-000000000000000000000002"), TestSegments.Id("1-6553f100-000000000000000000000003"));
        await PutAsync(
            Entry(first, start: 0.5, counts: [Count(Orders, 0.5, 1.25, root: true)]),
            Entry(second, start: 0.9, counts: [Count(Orders, 0.9, 1, CallOutcome.Error)], groups: [7]));
        await PutAsync(Entry(start: 70, counts: [Count(Orders, 70, 70, CallOutcome.Unknown)]));

        var found = await CellsAsync(length);
        Assert.Equal(cells, found.Count);
        Assert.Equal((3, 1, 1, 1), (
            found.Sum(cell => cell.Tally.SeenCount), found.Sum(cell => cell.Tally.OkCount), found.Sum(cell => cell.Tally.ErrorCount),
            found.Sum(cell => cell.Tally.RootCount)));
        Assert.Equal([(100, 1), (750, 1)], found.SelectMany(cell => cell.Tally.Durations).Order());
        Assert.Equal(1, Assert.Single(await CellsAsync(length, group: 7)).Tally.SeenCount);
    }

    [Fact]
    public async Task Adds_up_the_cells_of_several_ranges()
    {
        var second = TestSegments.Id("1-6553f100-000000000000000000000002");
        await PutAsync(
            Entry(start: 0, counts: [Count(Orders, 0, 0.5), Count(Call, 0, 25)], groups: [7]),
            Entry(second, start: 61, counts: [Count(Orders, 61, 61.5, CallOutcome.Fault), Count(Orders, 61, 61.2)]));

        var noon = (long)TestSegments.Noon;
        var sums = await Index.SumCellsAsync(0, [new CellRange(CellLength.Second, noon, noon + 1), new CellRange(CellLength.Minute, noon + 40, noon + 100)]);
        Assert.Equal(2, sums.Count);
        var orders = sums[Orders];
        Assert.Equal((3, 2, 1, 1_200_000), (orders.SeenCount, orders.OkCount, orders.FaultCount, orders.DurationMicroseconds));
        Assert.Equal((TestSegments.At(0).EpochMicroseconds, TestSegments.At(61.5).EpochMicroseconds), (orders.StartMicroseconds, orders.EndMicroseconds));
        Assert.Equal([(200, 1), (500, 2)], orders.Durations);
        Assert.Equal([(25_000, 1)], sums[Call].Durations);
        Assert.Equal([(500, 1)], (await Index.SumCellsAsync(7, [new CellRange(CellLength.Day, noon - 86400, noon + 1)]))[Orders].Durations);
    }

    [Fact]
    public async Task Drops_whole_days()
    {
        var id = TestSegments.Id("1-6550f100-000000000000000000000002");
        await Store.AppendAsync([Document(1), Document(1, trace: id)], Received);
        await PutAsync(Entry(start: 0, terms: [Red], counts: [Count(Orders, 0, 1)]), Entry(id, start: -0x30000, terms: [Red], counts: [Count(Orders, -0x30000, 1)]));

        await Index.DropBeforeAsync(Received);

        Assert.Empty(await Store.ReadAsync(id));
        Assert.Single(await Store.ReadAsync(TestSegments.TraceId));
        Assert.Equal([TestSegments.TraceId], await FindAsync(Search(-0x40000, 10)));
        Assert.Equal([TestSegments.TraceId], await FindAsync(Search(-0x40000, 10, clauses: [[Red]])));
        Assert.Single(await CellsAsync(CellLength.Day));
        Assert.Single(await CellsAsync(CellLength.Second));
    }

    protected static StoredDocument Document(ulong id, bool inProgress = false, TraceId? trace = null, string text = "{}") =>
        new(trace ?? TestSegments.TraceId, new SegmentId(id), inProgress, Encoding.UTF8.GetBytes(text));

    static TraceEntry Entry(
        TraceId? id = null, double start = 0, double end = 1, string row = "row", TraceTerm[]? terms = null, GraphCount[]? counts = null, uint[]? groups = null) =>
        new(id ?? TestSegments.TraceId, TestSegments.At(start), TestSegments.At(end), Encoding.UTF8.GetBytes(row), terms ?? [], counts ?? [], groups ?? []);

    static GraphCount Count(GraphPart part, double start, double end, CallOutcome outcome = CallOutcome.Ok, bool root = false) =>
        new(part, TestSegments.At(start).EpochMicroseconds, TestSegments.At(end).EpochMicroseconds, outcome, root);

    static TraceSearch Search(double start, double end, TraceTimeRangeType type = TraceTimeRangeType.TraceId, TraceTerm[][]? clauses = null) =>
        new(new TraceTimeRange(TestSegments.At(start).ToDateTimeOffset(), TestSegments.At(end).ToDateTimeOffset(), type), clauses ?? []);

    Task PutAsync(params TraceEntry[] entries) => Index.PutAsync(entries, Received, through: 0);

    async Task<IEnumerable<TraceId>> FindAsync(TraceSearch search) => (await Index.SearchAsync(search, null, 10)).Rows.Select(row => row.Mark.TraceId);

    async Task<IReadOnlyList<GraphCell>> CellsAsync(CellLength length, uint group = 0) =>
        await Index.ReadCellsAsync(group, length, (long)TestSegments.Noon - 10 * 86400, (long)TestSegments.Noon + 86400);

    async Task<string> TextOf(ulong id) =>
        Encoding.UTF8.GetString((await Store.ReadAsync(TestSegments.TraceId)).Single(document => document.Id.Value == id).Json.Span);

    sealed class Arrivals : IArrivals
    {
        public List<(ulong Id, long Arrival)> Heard { get; } = [];

        public void Add(IReadOnlyList<StoredDocument> documents, long arrival) => Heard.AddRange(documents.Select(document => (document.Id.Value, arrival)));
    }
}
