using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class SearchingSummaries
{
    static readonly TraceTimeRange Always = new(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

    [Fact]
    public async Task Gives_each_match_once_page_by_page()
    {
        var index = new FakeIndex(1_234, fault: number => number % 3 == 0);

        var pages = await FindAllAsync(index, "fault");

        Assert.Equal([100, 100, 100, 100, 12], pages.Select(page => page.Traces.Count));
        Assert.Equal(1_234, pages.Sum(page => page.Processed));
        Assert.Equal(412, pages.SelectMany(page => page.Traces).Select(found => found.Summary.Id).Distinct().Count());
        Assert.Equal("rootfault", Assert.Single(Assert.Single(index.Asked!.Clauses)).Kind);
    }

    [Fact]
    public async Task Looks_at_no_more_than_some_thousands_of_traces_for_a_page()
    {
        var pages = await FindAllAsync(new FakeIndex(25_000, fault: number => number == 24_999), "fault");

        Assert.Equal(3, pages.Count);
        Assert.All(pages, page => Assert.InRange(page.Processed, 0, 11_000));
        Assert.Equal([0, 0, 1], pages.Select(page => page.Traces.Count));
    }

    [Fact]
    public async Task Takes_a_fixed_part_of_the_traces_always_the_same()
    {
        var index = new FakeIndex(5_000, fault: _ => false);

        var first = await FindAllAsync(index, "", new TraceSampling.FixedRate(0.1));
        var second = await FindAllAsync(index, "", new TraceSampling.FixedRate(0.1));

        Assert.InRange(first.Sum(page => page.Traces.Count), 400, 600);
        Assert.Equal(Ids(first), Ids(second));
        Assert.Empty(Ids(await FindAllAsync(index, "", new TraceSampling.FixedRate(0))));
        Assert.Equal(5_000, Ids(await FindAllAsync(index, "", new TraceSampling.FixedRate(1))).Count());
    }

    [Fact]
    public async Task Ends_a_partial_scan_after_a_page()
    {
        var page = Assert.Single(await FindAllAsync(new FakeIndex(1_000, fault: _ => false), "", new TraceSampling.PartialScan()));

        Assert.Equal(100, page.Traces.Count);
    }

    static IEnumerable<TraceId> Ids(IEnumerable<SummaryPage> pages) => pages.SelectMany(page => page.Traces).Select(found => found.Summary.Id);

    static async Task<List<SummaryPage>> FindAllAsync(ITraceIndex index, string filter, TraceSampling? sampling = null)
    {
        var search = new SummarySearch(index);
        var pages = new List<SummaryPage>();
        do pages.Add(await search.FindAsync(Always, FilterExpression.Parse(filter), sampling, pages.LastOrDefault()?.Next, countMax: 100));
        while (pages[^1].Next is not null);
        return pages;
    }

    /// <summary>An index that narrows nothing: traces 0, 1, 2, … from the newest on.</summary>
    sealed class FakeIndex(int count, Func<int, bool> fault) : ITraceIndex
    {
        readonly Dictionary<bool, ReadOnlyMemory<byte>> rows = new[] { true, false }.ToDictionary(
            failed => failed, failed => TraceSummaryCodec.Write(TraceSummary.Of(Trace.Merge(TestSegments.TraceId, [Segment(fault: failed)]))!));

        public TraceSearch? Asked { get; private set; }

        public ValueTask<TracePage> SearchAsync(TraceSearch search, TraceMark? after, int rowsMax)
        {
            Asked = search;
            var from = after is { } mark ? int.MaxValue - (int)mark.Microseconds + 1 : 0;
            var page = Enumerable.Range(from, Math.Min(rowsMax, count - from)).Select(number => new IndexedTrace(
                new TraceMark(int.MaxValue - number, new TraceId(1, (ulong)number, 0)), 1, DateTimeOffset.UnixEpoch, rows[fault(number)])).ToArray();
            return ValueTask.FromResult(new TracePage(page, page.Length == rowsMax ? page[^1].Mark : null));
        }

        public bool Has(TraceId id) => throw new NotSupportedException();

        public Task PutAsync(IReadOnlyList<TraceEntry> entries, DateTimeOffset updated, long through) => throw new NotSupportedException();

        public IReadOnlyList<TraceId> FindUnindexed() => throw new NotSupportedException();

        public ValueTask<IReadOnlyDictionary<GraphPart, GraphTally>> SumCellsAsync(uint group, IReadOnlyList<CellRange> ranges) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<GraphCell>> ReadCellsAsync(uint group, CellLength length, long from, long to) => throw new NotSupportedException();

        public Task DropBeforeAsync(DateTimeOffset time) => throw new NotSupportedException();
    }
}
