using Lambray.Server.Cli.Drawing;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Server.Cli.Drawing;

public class TellingErrors
{
    [Fact]
    public void Tells_each_exception_once_with_the_frame_that_threw_it() => Assert.Equal(
        """

        checkout  RangeError: too far
          at handler index.js:12
        charge  card_declined: \ufffd[2Jno money
        """.Replace("\\ufffd", "\ufffd", StringComparison.Ordinal),
        Draw(Segment(name: "shop", fault: true, subsegments:
        [
            Subsegment(id: 2, name: "checkout", fault: true, cause: Raised("RangeError", "too far", new StackFrame("index.js", 12, "handler"))),
            Subsegment(id: 3, name: "again", start: 0.1, fault: true, cause: Raised("RangeError", "too far")),
            Subsegment(id: 4, name: "charge", start: 0.2, error: true, cause: Raised("card_declined", "\u001b[2Jno money")),
            Subsegment(id: 5, name: "elsewhere", start: 0.3, fault: true, cause: new Cause(new SegmentId(9))),
        ])));

    [Fact]
    public void Says_nothing_of_a_trace_without_exceptions() => Assert.Equal("", Draw(Segment(name: "fine")));

    static Cause Raised(string type, string message, params StackFrame[] stack) => new(Exceptions: [new TracedException(Type: type, Message: message, Stack: stack)]);

    static string Draw(SegmentEntity segment) => string.Join('\n', TraceErrors.Draw(TraceTimeline.Of(Trace.Merge(TestSegments.TraceId, [segment]))));
}
