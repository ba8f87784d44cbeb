using Lambray.Server.Cli.Drawing;
using Lambray.Tests.Tracing;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Server.Cli.Drawing;

public class DrawingWaterfalls
{
    [Fact]
    public void Shows_a_chain_of_functions() => Assert.Equal(
        """
        GOLDEN
        """,
        Draw(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments), 140));

    [Fact]
    public void Shows_an_asynchronous_invocation() => Assert.Equal(
        """
        GOLDEN
        """,
        Draw(LambdaTraces.Merged(LambdaTraces.Asynchronous, LambdaTraces.AsynchronousDocuments), 120));

    [Fact]
    public void Tells_how_each_part_ended() => Assert.Equal(
        """
        GOLDEN
        """,
        Draw(Trace.Merge(TestSegments.TraceId,
        [
            Segment(name: "orders", fault: true, status: 500, end: 90, subsegments:
            [
                Subsegment(id: 2, name: "still at it", start: 45, end: null),
                Subsegment(id: 3, name: "refused", start: 10, end: 11, throttle: true, error: true, status: 429),
                Subsegment(id: 4, name: "mistaken", start: 20, end: 20, error: true),
            ]),
        ]), 80));

    [Fact]
    public void Cuts_names_that_are_too_long_for_the_width()
    {
        var trace = Trace.Merge(TestSegments.TraceId, [Segment(name: new string('n', 200), origin: new string('o', 200))]);

        Assert.All(Waterfall.Draw(TraceTimeline.Of(trace), 80), line => Assert.InRange(line.ToString().Length, 1, 80));
    }

    [Fact]
    public void Lets_no_name_steer_the_terminal()
    {
        var trace = Trace.Merge(TestSegments.TraceId, [Segment(name: "\u001b[2Jgone")]);

        Assert.DoesNotContain('\u001b', Draw(trace, 80));
    }

    static string Draw(Trace trace, int width) => string.Join('\n', Waterfall.Draw(TraceTimeline.Of(trace), width));
}
