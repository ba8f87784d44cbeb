using Lambray.Server.Cli.Demo;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Xunit;
using static Lambray.Tests.Tracing.TestSegments;

namespace Lambray.Tests.Server.Cli.Demo;

public class ExpectingTraces
{
    static readonly Subsegment[] Warm =
    [
        Subsegment(id: 11, name: "## compose-greeting", start: 0.1, end: 0.2),
        Subsegment(id: 12, name: "S3", ns: "aws", start: 0.2, end: 0.3, status: 200, aws: """{"operation":"PutObject","bucket_name":"lambray-demo"}"""),
        Subsegment(id: 13, name: "Overhead", start: 0.3, end: 0.4),
    ];

    static readonly Subsegment[] Cold = [Subsegment(id: 10, name: "Initialization", start: -1, end: 0), .. Warm];

    static readonly Subsegment[] Attempt = [Subsegment(id: 20, name: "Dwell Time"), Subsegment(id: 21, name: "Attempt #1", status: 200)];

    [Fact]
    public void Finds_whole_traces_whole()
    {
        Assert.Empty(Missing(Cold, cold: true));
        Assert.Empty(Missing(Warm));
        Assert.Empty(Missing(Cold, Attempt, cold: true));
        Assert.Empty(Missing(Warm, Attempt));
    }

    [Theory]
    [InlineData(10, "subsegment Initialization")]
    [InlineData(11, "subsegment ## compose-greeting")]
    [InlineData(12, "subsegment S3 PutObject")]
    [InlineData(13, "subsegment Overhead")]
    [InlineData(20, "subsegment Dwell Time")]
    public void Names_the_part_that_is_not_there(ulong id, string missing) => Assert.Contains(
        missing, Missing([.. Cold.Where(part => part.Id.Value != id)], [.. Attempt.Where(part => part.Id.Value != id)], cold: true));

    [Fact]
    public void Names_the_attempt_with_all_that_is_beneath_it() => Assert.Contains("subsegment Attempt #1", Missing(Warm, [Attempt[0]]));

    [Fact]
    public void Wants_no_initialization_of_a_warm_environment() =>
        Assert.Equal(["a warm start (there is an Initialization)"], Missing(Cold));

    [Fact]
    public void Wants_a_good_end_of_everything() => Assert.Equal(
        ["a good end of Overhead (InProgress)"], Missing([.. Warm[..2], Subsegment(id: 13, name: "Overhead", start: 0.3, end: null)]));

    [Fact]
    public void Misses_a_trace_of_which_nothing_came() => Assert.Equal(["the trace"], new ExpectedTrace(Async: false, Cold: false).Missing(null));

    static IReadOnlyList<string> Missing(Subsegment[] inFunction, Subsegment[]? attempt = null, bool cold = false)
    {
        var trace = Trace.Merge(TestSegments.TraceId,
        [
            Segment(id: 1, origin: "AWS::Lambda", status: attempt is null ? 200 : 202, subsegments: attempt),
            Segment(id: 2, origin: "AWS::Lambda::Function", parent: attempt is null ? 1ul : 21, subsegments: inFunction),
        ]);
        return new ExpectedTrace(attempt is not null, cold).Missing(TraceTimeline.Of(trace));
    }
}
