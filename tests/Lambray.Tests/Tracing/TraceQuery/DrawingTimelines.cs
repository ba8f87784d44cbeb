using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Tracing.TraceQuery;

public class DrawingTimelines
{
    [Fact]
    public void Nests_a_chain_of_functions_as_it_was_called()
    {
        var timeline = TraceTimeline.Of(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments));

        Assert.Equal(
            """
            dev-todo-list-app/dev 0+1444000
              Lambda 2000+1442000
                todo-list-app-dev-postTask 17000+1425000
                  todo-list-app-dev-postTask 1243835+197832
                    Initialization 391087+851506
                    Invocation 1244048+196880
                      DynamoDB 1263000+82000
                        DynamoDB (inferred) 1263000+82000
                      Lambda 1351000+85000
                        todo-list-app-dev-sendNotification 1400000+33000
                          todo-list-app-dev-sendNotification 1412934+36218
                            Invocation 1413068+3094
                            Overhead 1416198+32767
                    Overhead 1440989+543
            """, Drawing(timeline));
        Assert.Equal(1_449_152, timeline.DurationMicroseconds);
    }

    [Fact]
    public void Says_how_the_work_went_by_its_worst_flag()
    {
        var rows = TraceTimeline.Of(Trace.Merge(TestSegments.TraceId,
        [
            Segment(id: 1, error: true, status: 404, subsegments:
            [
                Subsegment(id: 2, start: 0.1, error: true, throttle: true), Subsegment(id: 3, start: 0.2, error: true, fault: true),
                Subsegment(id: 4, start: 0.3, end: null), Subsegment(id: 5, start: 0.4),
            ]),
        ])).Rows;

        Assert.Equal(
            [TimelineStatus.Error, TimelineStatus.Throttle, TimelineStatus.Fault, TimelineStatus.InProgress, TimelineStatus.Ok],
            rows.Select(row => row.Status));
        Assert.Equal(404, rows[0].HttpStatus);
        Assert.Null(rows[3].DurationMicroseconds);
    }

    [Fact]
    public void Draws_work_whose_parent_has_not_come_behind_the_segments_with_what_it_called()
    {
        var lost = Subsegment(id: 7, start: -0.5, end: 1.5, subsegments: [Subsegment(id: 8, start: 0.1, end: 0.2)]) with { TraceId = TestSegments.TraceId, ParentId = new SegmentId(99) };
        var called = Segment(id: 9, start: 0.2, end: 0.3) with { Name = "called", ParentId = new SegmentId(8) };

        var timeline = TraceTimeline.Of(Trace.Merge(TestSegments.TraceId, [Segment(id: 1, start: 0, end: 1) with { Name = "first" }, lost with { Name = "lost" }, called]));

        Assert.Equal([("first", 0, 500_000), ("lost", 0, 0)], timeline.Rows.Take(2).Select(row => (row.Name, row.Depth, row.StartOffsetMicroseconds)));
        Assert.Equal(("called", 2, new SegmentId(8)), (timeline.Rows[3].Name, timeline.Rows[3].Depth, timeline.Rows[3].ParentId));
        Assert.Equal(2_000_000, timeline.DurationMicroseconds);
    }

    static string Drawing(TraceTimeline timeline) => string.Join('\n', timeline.Rows.Select(row =>
        $"{new string(' ', row.Depth * 2)}{row.Name}{(row.Inferred ? " (inferred)" : "")} {row.StartOffsetMicroseconds}+{row.DurationMicroseconds}"));
}
