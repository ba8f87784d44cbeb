using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation;

/// <summary>One event for one run of a function.</summary>
/// <param name="Invoked">As the invocation named it.</param>
/// <param name="FunctionArn">Of the same, with its qualifier.</param>
/// <param name="TraceHeader">What the function is to see.</param>
/// <param name="Listener">Gets a streamed response as it comes; null when the caller wants it whole.</param>
/// <param name="FunctionSegment">The id of its segment, when the attempt is recorded.</param>
public sealed record AttemptRequest(
    InvocationTarget Target, FunctionName Invoked, string FunctionArn, string RequestId, ReadOnlyMemory<byte> Payload, string? ClientContext, TraceHeader TraceHeader,
    SegmentId? FunctionSegment, IResponseListener? Listener = null)
{
    public FunctionModel Function => Target.Function;

    /// <summary>What the function's segment lies beneath, when the attempt is recorded.</summary>
    public SegmentId? ParentSegment { get; init; }

    /// <summary>For telemetry; null when the attempt is not recorded.</summary>
    public InvocationTracing? Tracing =>
        FunctionSegment is { } segment ? new InvocationTracing(segment.ToString(), (TraceHeader with { Parent = ParentSegment }).ToString()) : null;

    public TimeSpan Limit => TimeSpan.FromSeconds(Function.Timeout);
}
