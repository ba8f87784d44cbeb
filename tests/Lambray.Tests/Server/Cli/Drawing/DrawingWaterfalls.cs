using Lambray.Server.Cli.Drawing;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Server.Cli.Drawing;

public class DrawingWaterfalls
{
    [Fact]
    public void Shows_a_chain_of_functions() => Assert.Equal(
        """
        Trace 1-643aca1d-02e095f7341508e00b9b6d2b  1.45 s, 5 segments
        Name                                                    Type                                Start  Duration  0 ms       1.45 s  Status
        dev-todo-list-app/dev                                   AWS::ApiGateway::Stage               0 ms    1.44 s  █████████████████  201 OK
        └─ Lambda                                               aws                               2.00 ms    1.44 s  █████████████████  201 OK
           └─ todo-list-app-dev-postTask                        AWS::Lambda                       17.0 ms    1.43 s  █████████████████  200 OK
              └─ todo-list-app-dev-postTask                     AWS::Lambda::Function              1.24 s    198 ms                ███  OK
                 ├─ Initialization                                                                 391 ms    852 ms      ███████████    OK
                 ├─ Invocation                                                                     1.24 s    197 ms                ███  OK
                 │  ├─ DynamoDB                                 aws PutItem                        1.26 s   82.0 ms                ██   200 OK
                 │  │  └─ DynamoDB                              AWS::DynamoDB::Table (inferred)    1.26 s   82.0 ms                ░░   200 OK
                 │  └─ Lambda                                   aws Invoke                         1.35 s   85.0 ms                 ██  200 OK
                 │     └─ todo-list-app-dev-sendNotification    AWS::Lambda                        1.40 s   33.0 ms                  █  200 OK
                 │        └─ todo-list-app-dev-sendNotification AWS::Lambda::Function              1.41 s   36.2 ms                  █  OK
                 │           ├─ Invocation                                                         1.41 s   3.09 ms                  █  OK
                 │           └─ Overhead                                                           1.42 s   32.8 ms                  █  OK
                 └─ Overhead                                                                       1.44 s   0.54 ms                  █  OK
        """,
        Draw(LambdaTraces.Merged(LambdaTraces.Chain, LambdaTraces.ChainDocuments), 140));

    [Fact]
    public void Shows_an_asynchronous_invocation() => Assert.Equal(
        """
        Trace 1-64de5070-34ff53fe0d2e1fbe64b28bef  550 ms, 2 segments
        Name              Type                      Start  Duration  0 ms                                   550 ms  Status
        my-function       AWS::Lambda                0 ms   15.0 ms  █                                              202 OK
        ├─ Dwell Time                                0 ms   45.0 ms  ████                                           OK
        └─ Attempt #1                             45.0 ms    505 ms     ██████████████████████████████████████████  200 OK
           └─ my-function AWS::Lambda::Function   53.0 ms    490 ms      ████████████████████████████████████████   OK
        """,
        Draw(LambdaTraces.Merged(LambdaTraces.Asynchronous, LambdaTraces.AsynchronousDocuments), 120));

    [Fact]
    public void Keeps_columns_straight_beside_letters_of_two_cells_and_of_none()
    {
        var lines = Draw(Trace.Merge(TestSegments.TraceId,
        [
            Segment(name: "注文サービス", end: 2, subsegments: [Subsegment(id: 2, name: "在庫を確認する", start: 0, end: 1), Subsegment(id: 3, name: "cafe\u0301 ☕", start: 1, end: 2)]),
        ]), 80).Split('\n');

        // All end with the same status, in the same column.
        Assert.All(lines[2..], line => Assert.EndsWith("  OK", line, StringComparison.Ordinal));
        Assert.Single(lines[2..].Select(TextWidth.Of).Distinct());
        Assert.Equal(TextWidth.Of(lines[2]) - "OK".Length, lines[1].IndexOf("Status", StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_how_each_part_ended() => Assert.Equal(
        """
        Trace 1-6553f100-000000000000000000000001  1 m 30 s, 1 segment
        Name           Type     Start  Duration  0 ms             1 m 30 s  Status
        orders                   0 ms  1 m 30 s  █████████████████████████  500 fault
        ├─ refused             10.0 s    1.00 s    █                        429 throttle
        ├─ mistaken            20.0 s      0 ms       █                     error
        └─ still at it         45.0 s         …              ▒▒▒▒▒▒▒▒▒▒▒▒▒  in progress
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
    public void Leaves_deep_names_their_room()
    {
        // As deep as a chain of five functions, on the narrowest terminal.
        Subsegment[] chain = [];
        for (var depth = 14; depth > 0; depth--) chain = [Subsegment(id: (ulong)depth + 1, name: $"step {depth:00}", subsegments: chain)];

        var lines = Draw(Trace.Merge(TestSegments.TraceId, [Segment(subsegments: chain)]), 80).Split('\n');

        Assert.All(Enumerable.Range(1, 14), depth => Assert.Contains($"└step {depth:00} ", lines[depth + 2], StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void Lets_no_name_steer_the_terminal()
    {
        var trace = Trace.Merge(TestSegments.TraceId, [Segment(name: "\u001b[2Jgone")]);

        Assert.DoesNotContain('\u001b', Draw(trace, 80));
    }

    static string Draw(Trace trace, int width) => string.Join('\n', Waterfall.Draw(TraceTimeline.Of(trace), width));
}
