using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.Invocation;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using Xunit;
using static Lambray.Tests.Functions.FunctionSamples;

namespace Lambray.Tests.Functions.Invocation;

/// <summary>The shapes of the segments that Lambda itself writes.</summary>
public sealed class WritingLambdaSegments
{
    static readonly FunctionName Name = new("sample", "live");
    static readonly FunctionFailure Failure = FunctionFailure.Reported(new RuntimeError("""{"errorType":"RangeError","errorMessage":"late"}"""u8.ToArray(), null, null));

    [Fact]
    public void A_service_segment_spans_the_request_and_names_what_was_called()
    {
        var trace = Trace(caller: SegmentId.New());
        var segment = LambdaSegments.Service(trace, Name, Home, RequestId, At(0), At(12), failed: false);
        Assert.Equal(("sample", "AWS::Lambda", "arn:aws:lambda:us-east-1:111111111111:function:sample:live"),
            (segment.Name, segment.Origin, segment.ResourceArn));
        Assert.Equal((trace.TraceId, trace.ServiceSegment, trace.Caller), (segment.TraceId, segment.Id, segment.ParentId));
        Assert.Equal((SegmentTime.From(At(0)), SegmentTime.From(At(12))), (segment.StartTime, segment.EndTime));
        Assert.Equal((200, false), (segment.Http?.Response?.Status, segment.Error));
        Assert.Equal(RequestId, segment.Aws?.GetProperty("request_id").GetString());
    }

    [Fact]
    public void A_functions_error_is_an_error_of_both_segments_and_a_fault_of_none()
    {
        var trace = Trace();
        var service = LambdaSegments.Service(trace, Name, Home, RequestId, At(0), At(12), failed: true);
        var function = LambdaSegments.Function(trace, SegmentId.New(), trace.ServiceSegment, Function(), Home, Attempt(Failure), Finish(At(11)));
        Assert.Equal((true, false, true, false), (service.Error, service.Fault, function.Error, function.Fault));
        Assert.Equal(("RangeError", "late"), (function.Cause!.Exceptions![0].Type, function.Cause.Exceptions[0].Message));
    }

    [Fact]
    public void Accepting_an_event_answers_202() =>
        Assert.Equal(202, LambdaSegments.AcceptedService(Trace(), Name, Home, RequestId, At(0), At(1)).Http?.Response?.Status);

    [Fact]
    public void A_refused_request_is_a_throttle()
    {
        var segment = LambdaSegments.ThrottledService(Trace(), Name, Home, RequestId, At(0), At(1));
        Assert.Equal((429, true, true), (segment.Http?.Response?.Status, segment.Error, segment.Throttle));
    }

    [Fact]
    public void A_warm_function_segment_has_overhead_only()
    {
        var trace = Trace();
        var id = SegmentId.New();
        var segment = LambdaSegments.Function(trace, id, trace.ServiceSegment, Function(), Home, Attempt(), Finish(At(11)));
        Assert.Equal(("sample", "AWS::Lambda::Function", id, trace.ServiceSegment), (segment.Name, segment.Origin, segment.Id, segment.ParentId));
        Assert.Equal((SegmentTime.From(At(2)), SegmentTime.From(At(11))), (segment.StartTime, segment.EndTime));
        Assert.Equal(("111111111111", Function().Arn, "sample"), (
            segment.Aws?.GetProperty("account_id").GetString(), segment.Aws?.GetProperty("function_arn").GetString(),
                segment.Aws?.GetProperty("resource_names")[0].GetString()));
        var overhead = Assert.Single(segment.Subsegments);
        Assert.Equal(("Overhead", SegmentTime.From(At(10)), SegmentTime.From(At(11))), (overhead.Name, overhead.StartTime, overhead.EndTime));
    }

    [Fact]
    public void A_cold_function_segment_begins_after_its_initialization()
    {
        var segment = LambdaSegments.Function(Trace(), SegmentId.New(), SegmentId.New(), Function(), Home,
            Attempt(null, new InitPhase(At(-100), At(1.5), null)), Finish(At(11)));
        Assert.Equal(["Initialization", "Overhead"], segment.Subsegments.Select(child => child.Name));
        Assert.Equal((SegmentTime.From(At(-100)), SegmentTime.From(At(1.5))), (segment.Subsegments[0].StartTime, segment.Subsegments[0].EndTime));
        Assert.Equal(SegmentTime.From(At(2)), segment.StartTime);
    }

    [Fact]
    public void Failed_inits_carry_their_cause_and_what_never_ran_has_no_overhead()
    {
        var attempt = Attempt(Failure, new InitPhase(At(-2), At(-1), Failure), new InitPhase(At(2), At(10), Failure)) with { HandedOver = false };
        var segment = LambdaSegments.Function(Trace(), SegmentId.New(), SegmentId.New(), Function(), Home, attempt, Finish(At(10)));
        Assert.Equal([("Initialization", true), ("Initialization", true)], segment.Subsegments.Select(child => (child.Name, child.Error)));
        Assert.Equal("late", segment.Subsegments[0].Cause!.Exceptions![0].Message);
    }

    [Fact]
    public void Attempts_and_dwell_time_lie_beneath_the_service_segment()
    {
        var trace = Trace();
        var dwell = LambdaSegments.DwellTime(trace, SegmentId.New(), At(0), At(1));
        var attempt = LambdaSegments.Attempt(trace, SegmentId.New(), 2, Attempt(Failure));
        Assert.Equal(("Dwell Time", trace.ServiceSegment), (dwell.Name, dwell.ParentId));
        Assert.Equal(("Attempt #2", trace.ServiceSegment, 200, true),
            (attempt.Name, attempt.ParentId, attempt.Http?.Response?.Status, attempt.Error));
        Assert.Equal((SegmentTime.From(At(1)), SegmentTime.From(At(10))), (attempt.StartTime, attempt.EndTime));
    }

    static AttemptFinish Finish(DateTimeOffset at) => new(at, new LogTail(), DaemonLoss: null);
}
