using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Linux;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using Xunit;
using static Lambray.Tests.Functions.FunctionSamples;

namespace Lambray.Tests.Functions.Invocation;

/// <summary>The platform's lines in a function's log, as AWS writes them.</summary>
public sealed class WritingPlatformLines
{
    [Fact]
    public void Start_and_end_name_the_request()
    {
        Assert.Equal($"START RequestId: {RequestId} Version: $LATEST", PlatformLines.Start(Request(null)));
        Assert.Equal($"END RequestId: {RequestId}", PlatformLines.End(RequestId));
    }

    [Fact]
    public void A_warm_report() => Assert.Equal(
        $"REPORT RequestId: {RequestId}\tDuration: 8.00 ms\tBilled Duration: 8 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t", Report(Attempt()));

    [Fact]
    public void A_cold_report_tells_how_long_init_took() => Assert.Contains(
        "\tInit Duration: 110.10 ms\t", Report(Attempt(null, new InitPhase(At(0), At(110.1), null))), StringComparison.Ordinal);

    [Fact]
    public void Billed_is_the_next_whole_millisecond() => Assert.Contains(
        "Duration: 8.20 ms\tBilled Duration: 9 ms", Report(Attempt() with { Answered = At(10.2) }), StringComparison.Ordinal);

    [Fact]
    public void An_init_that_was_done_twice_is_part_of_the_invocation() => Assert.DoesNotContain(
        "Init Duration", Report(Attempt(null, new InitPhase(At(0), At(1), Timeout), new InitPhase(At(1), At(2), null))), StringComparison.Ordinal);

    [Fact]
    public void Memory_that_nobody_measured_is_not_reported() =>
        Assert.DoesNotContain("Max Memory", PlatformLines.Report(Request(null), Attempt(), At(10), memoryPeakBytes: null), StringComparison.Ordinal);

    [Fact]
    public void A_traced_report_names_trace_and_segment()
    {
        var request = Request(SegmentId.New());
        Assert.EndsWith($"\tXRAY TraceId: {request.TraceHeader.Root}\tSegmentId: {request.FunctionSegment}\tSampled: true\t",
            PlatformLines.Report(request, Attempt(), At(10), 1), StringComparison.Ordinal);
    }

    [Fact]
    public void The_platforms_own_failures_have_a_status_and_the_functions_have_none()
    {
        Assert.EndsWith("\tStatus: timeout\t", Report(Attempt(Timeout)), StringComparison.Ordinal);
        Assert.EndsWith("\tStatus: error\tError Type: Runtime.ExitError\t", Report(Attempt(Crash)), StringComparison.Ordinal);
        Assert.EndsWith(" MB\t", Report(Attempt(FunctionFailure.Reported(new RuntimeError("{}"u8.ToArray(), "Error", null)))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_inits_have_a_line_of_their_own()
    {
        Assert.Equal("INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout",
            PlatformLines.InitReport(new InitPhase(At(0), At(10_000), Timeout), "init"));
        Assert.Equal("INIT_REPORT Init Duration: 5.00 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError",
            PlatformLines.InitReport(new InitPhase(At(0), At(5), Crash), "invoke"));
    }

    static FunctionFailure Timeout => FunctionFailure.TimedOut(RequestId, TimeSpan.FromSeconds(3));

    static FunctionFailure Crash => FunctionFailure.Exited(RequestId, new RuntimeExit(ExitStatus.FromWait(9), OutOfMemory: false));

    static AttemptRequest Request(SegmentId? segment) => new(
        Target(), new FunctionName("sample", null), Function().Arn, RequestId, default, null, Trace().HeaderFor(SegmentId.New()), segment);

    static string Report(AttemptRecord attempt) => PlatformLines.Report(Request(null), attempt, attempt.Answered, memoryPeakBytes: 36 * 1024 * 1024 - 1);
}
