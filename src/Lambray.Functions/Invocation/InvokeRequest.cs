using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation;

/// <summary>A request to invoke a function, as the Invoke operation received it.</summary>
/// <param name="RequestId">Named in the answer, in the logs and in the trace; the same for all attempts.</param>
/// <param name="TraceHeader">The caller's trace header, empty when there was none.</param>
/// <param name="ClientContext">JSON, decoded.</param>
/// <param name="Listener">Gets a streamed response as it comes; null when the caller wants it whole.</param>
public sealed record InvokeRequest(
    FunctionName Function, string RequestId, ReadOnlyMemory<byte> Payload, TraceHeader TraceHeader, string? ClientContext, DateTimeOffset Received,
    IStreamingCaller? Listener = null)
{
    /// <summary>Other traces that led to this request, such as those of the messages in a batch.</summary>
    public IReadOnlyList<TraceLink> Links { get; init; } = [];
}

/// <summary>A caller who takes the function's response as it comes.</summary>
public interface IStreamingCaller : IResponseListener
{
    /// <summary>Called once, before the first byte and before any error of the function's.</summary>
    void Begin(InvocationTrace trace, string executedVersion);
}

/// <summary>A synchronous invocation's answer.</summary>
/// <param name="FunctionError"><c>Unhandled</c> when the function failed; the payload then describes the error.</param>
/// <param name="LogTail">The last 4 KB logged, once the runtime is done with the event.</param>
public sealed record InvokeResult(
    ReadOnlyMemory<byte> Payload, string? ContentType, string? FunctionError, string ExecutedVersion, InvocationTrace Trace, Task<byte[]> LogTail);
