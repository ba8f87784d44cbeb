using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class FindingTheCriticalPath
{
    [Fact]
    public void Follows_what_was_waited_for_and_leaves_out_what_ran_beside_it() => Assert.Equal(
        "shop 0-10, stock 10-40, shop 40-60, pay 60-90, shop 90-100",
        Path(Segment(name: "shop", end: 0.1, subsegments:
        [
            Subsegment(id: 2, name: "stock", start: 0.01, end: 0.04),
            Subsegment(id: 3, name: "price", start: 0.015, end: 0.035),
            Subsegment(id: 4, name: "pay", start: 0.06, end: 0.09),
            // It had not ended when the next one began, so nobody had waited for it.
            Subsegment(id: 5, name: "audit", start: 0.05, end: 0.07),
        ])));

    [Fact]
    public void Goes_on_beyond_the_answer_to_the_last_work_of_an_asynchronous_event_and_over_waits_that_are_nobodys() => Assert.Equal(
        "mail 0-1, Dwell Time 1-5, Attempt #1 5-20, Attempt #2 80-95",
        Path(
            Segment(name: "mail", end: 0.01, origin: "AWS::Lambda"),
            Subsegment(id: 2, name: "Dwell Time", parent: 1, start: 0.001, end: 0.005),
            Subsegment(id: 3, name: "Attempt #1", parent: 1, start: 0.005, end: 0.02),
            Subsegment(id: 4, name: "Attempt #2", parent: 1, start: 0.08, end: 0.095)));

    [Fact]
    public void Has_the_initialization_that_lies_before_its_segment() => Assert.Equal(
        "f 0-5, Initialization 5-30, f 30-31, run 31-60, f 60-61",
        Path(
            Segment(name: "f", end: 0.061, origin: "AWS::Lambda"),
            Segment(id: 2, name: "run", parent: 1, start: 0.031, end: 0.06, origin: "AWS::Lambda::Function", subsegments:
                [Subsegment(id: 3, name: "Initialization", start: 0.005, end: 0.03)])));

    [Fact]
    public void Takes_work_in_progress_to_go_on_to_the_end() => Assert.Equal(
        "report 0-1, collect 1-9, report 9-10, render 10-50",
        Path(
            Segment(name: "report", end: null, subsegments:
                [Subsegment(id: 2, name: "collect", start: 0.001, end: 0.009), Subsegment(id: 3, name: "render", start: 0.01, end: null)]),
            Segment(id: 4, name: "other", start: 0.03, end: 0.05)));

    // A microsecond of overlap is what rounding makes of work that followed at once.
    [Fact]
    public void Does_not_lose_work_to_the_rounding_of_times() => Assert.Equal(
        "one 0-5, two 5-10",
        Path(Segment(name: "page", end: 0.01, subsegments:
            [Subsegment(id: 2, name: "one", start: 0, end: 0.005001), Subsegment(id: 3, name: "two", start: 0.005, end: 0.01)])));

    [Fact]
    public void Is_one_walk_through_a_recorded_chain_of_functions()
    {
        var timeline = TraceTimeline.Of(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments));
        var path = CriticalPath.Of(timeline);

        Assert.Equal(timeline.DurationMicroseconds, path[^1].StartOffsetMicroseconds + path[^1].DurationMicroseconds);
        for (var next = 1; next < path.Count; next++)
            Assert.True(path[next - 1].StartOffsetMicroseconds + path[next - 1].DurationMicroseconds <= path[next].StartOffsetMicroseconds + 1);
        Assert.Equal("Initialization", timeline.Rows.First(row => row.Id == path.MaxBy(stretch => stretch.DurationMicroseconds)!.RowId).Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public void Is_found_in_traces_of_any_depth_and_shape(int depth)
    {
        var chain = Enumerable.Range(1, depth).Select(id => Segment(id: (ulong)id, name: $"s{id}", parent: id == 1 ? null : (ulong)id - 1));

        var path = CriticalPath.Of(TraceTimeline.Of(Trace.Merge(TestSegments.TraceId, chain)));

        Assert.Equal(depth == 0 ? 0 : 1_000_000, path.Sum(stretch => stretch.DurationMicroseconds));
    }

    // Milliseconds from the start of the trace.
    static string Path(params Lambray.Tracing.Segments.SegmentEntity[] documents)
    {
        var timeline = TraceTimeline.Of(Trace.Merge(TestSegments.TraceId, documents));
        var names = timeline.Rows.ToDictionary(row => row.Id, row => row.Name);
        return string.Join(", ", CriticalPath.Of(timeline).Select(stretch =>
            $"{names[stretch.RowId]} {stretch.StartOffsetMicroseconds / 1000}-{(stretch.StartOffsetMicroseconds + stretch.DurationMicroseconds) / 1000}"));
    }
}
