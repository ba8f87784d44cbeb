using System.Text;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;
using Xunit;

namespace Lambray.Tests.Tracing.TraceStore;

/// <summary>What every trace store does; each implementation runs it.</summary>
public abstract class TraceStoreContract
{
    static readonly DateTimeOffset Received = DateTimeOffset.FromUnixTimeSeconds((long)TestSegments.Noon + 100);

    protected abstract ITraceStore Store { get; }

    [Fact]
    public async Task Gives_documents_back_in_the_order_of_their_ids()
    {
        await Store.AppendAsync([Document(3), Document(1)], Received);
        await Store.AppendAsync([Document(2)], Received);

        var trace = await Store.ReadAsync(TestSegments.TraceId);

        Assert.Equal([1UL, 2, 3], trace.Documents.Select(document => document.Id.Value));
        Assert.Equal(2, trace.Revision);
    }

    [Fact]
    public async Task Knows_nothing_of_an_unknown_trace()
    {
        var trace = await Store.ReadAsync(TestSegments.TraceId);

        Assert.Empty(trace.Documents);
        Assert.Equal(0, trace.Revision);
    }

    [Fact]
    public async Task A_complete_document_replaces_one_in_progress()
    {
        await Store.AppendAsync([Document(1, end: null, text: "open")], Received);
        await Store.AppendAsync([Document(1, text: "complete")], Received);

        Assert.Equal("complete", await TextOf(1));
    }

    [Fact]
    public async Task A_late_document_in_progress_replaces_nothing()
    {
        await Store.AppendAsync([Document(1, text: "complete"), Document(1, end: null, text: "late")], Received);

        Assert.Equal("complete", await TextOf(1));
    }

    [Fact]
    public async Task The_last_complete_document_wins()
    {
        await Store.AppendAsync([Document(1, text: "first"), Document(1, text: "second")], Received);

        Assert.Equal("second", await TextOf(1));
    }

    [Fact]
    public async Task Pages_through_traces_newest_first()
    {
        var ids = Enumerable.Range(1, 5).Select(number => TestSegments.Id($"1-6553f100-{number:x24}")).ToArray();
        foreach (var (index, id) in ids.Index()) await Store.AppendAsync([Document(1, trace: id, start: index / 2)], Received);

        var found = new List<TraceId>();
        TraceMark? after = null;
        while (await Store.FindAsync(Range(0, 10), after, countMax: 2) is { Count: > 0 } page)
        {
            found.AddRange(page.Select(mark => mark.TraceId));
            after = page[^1];
        }

        Assert.Equal(ids.Reverse(), found);
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
        await Store.AppendAsync([Document(2, start: 15, end: 20), Document(1, start: 10, end: null)], Received);

        Assert.Equal(found ? [TestSegments.TraceId] : [], (await Store.FindAsync(Range(start, end, type), null, 10)).Select(mark => mark.TraceId));
    }

    protected static StoredDocument Document(ulong id, double start = 0, double? end = 1, TraceId? trace = null, string text = "{}") => new(
        trace ?? TestSegments.TraceId, new SegmentId(id), TestSegments.At(start), end is { } ended ? TestSegments.At(Math.Max(start, ended)) : null,
        Encoding.UTF8.GetBytes(text));

    async Task<string> TextOf(ulong id) =>
        Encoding.UTF8.GetString((await Store.ReadAsync(TestSegments.TraceId)).Documents.Single(document => document.Id.Value == id).Json.Span);

    static TraceTimeRange Range(double start, double end, TraceTimeRangeType type = TraceTimeRangeType.TraceId) =>
        new(TestSegments.At(start).ToDateTimeOffset(), TestSegments.At(end).ToDateTimeOffset(), type);
}
