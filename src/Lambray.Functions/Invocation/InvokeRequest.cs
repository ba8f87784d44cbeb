using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation;

/// <summary>A request to invoke a function, as the Invoke operation received it.</summary>
/// <param name="RequestId">Named in the answer, in the logs and in the trace; the same for all attempts.</param>
/// <param name="TraceHeader">The caller's trace header, empty when there was none.</param>
/// <param name="ClientContext">JSON, decoded.</param>
public sealed record InvokeRequest(
    FunctionName Function, string RequestId, ReadOnlyMemory<byte> Payload, TraceHeader TraceHeader, string? ClientContext, DateTimeOffset Received);

/// <summary>A synchronous invocation's answer.</summary>
/// <param name="FunctionError"><c>Unhandled</c> when the function failed; the payload then describes the error.</param>
/// <param name="LogTail">The last 4 KB logged, once the runtime is done with the event.</param>
public sealed record InvokeResult(
    ReadOnlyMemory<byte> Payload, string? FunctionError, string ExecutedVersion, InvocationTrace Trace, Task<byte[]> LogTail);
