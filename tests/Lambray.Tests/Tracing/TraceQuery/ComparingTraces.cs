using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class ComparingTraces
{
    [Fact]
    public void Lays_two_traces_over_each_other_by_what_the_work_was()
    {
        var before = Timeline(Segment(id: 1, name: "shop", end: 0.1, subsegments:
            [Subsegment(id: 2, name: "S3", start: 0.01, end: 0.02, ns: "aws"), Subsegment(id: 3, name: "audit", start: 0.05, end: 0.06)]));
        var after = Timeline(Segment(id: 11, name: "shop", end: 0.2, fault: true, subsegments:
        [
            Subsegment(id: 12, name: "cache", start: 0.001, end: 0.002),
            Subsegment(id: 13, name: "S3", start: 0.02, end: 0.05, ns: "aws", throttle: true), Subsegment(id: 14, name: "S3", start: 0.06, end: 0.07, ns: "aws"),
        ]));

        Assert.Equal(
            """
            shop 1×100 Ok | 1×200 Fault
              cache – | 1×1 Ok
              S3 1×10 Ok | 2×40 Throttle
                S3 1×10 Ok | 2×40 Throttle
              audit 1×10 Ok | –
            """, Drawing(TraceComparison.Of(before, after)));
    }

    [Fact]
    public void Finds_no_difference_between_a_trace_and_itself()
    {
        var timeline = TraceTimeline.Of(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments));

        Assert.All(TraceComparison.Of(timeline, timeline), work => Assert.Equal(work.Before, work.After));
    }

    [Fact]
    public void Tells_work_of_one_name_apart_by_where_and_as_what_it_was_done()
    {
        var rows = TraceComparison.Of(
            Timeline(Segment(id: 1, name: "f", origin: "AWS::Lambda"), Segment(id: 2, name: "f", origin: "AWS::Lambda::Function", parent: 1)),
            Timeline(Segment(id: 1, name: "f", origin: "AWS::Lambda::Function")));

        Assert.Equal(["f 1×1000 Ok | –", "  f 1×1000 Ok | –", "f – | 1×1000 Ok"], Drawing(rows).Split('\n'));
    }

    static TraceTimeline Timeline(params Lambray.Tracing.Segments.SegmentEntity[] documents) => TraceTimeline.Of(Trace.Merge(TestSegments.TraceId, documents));

    static string Drawing(IEnumerable<ComparedWork> rows) =>
        string.Join('\n', rows.Select(row => $"{new string(' ', row.Depth * 2)}{row.Name} {Side(row.Before)} | {Side(row.After)}"));

    static string Side(ComparedSide? side) => side is null ? "–" : $"{side.Count}×{side.DurationMicroseconds / 1000} {side.Status}";
}
