using System.Text.RegularExpressions;
using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.ExecutionEnvironments;

/// <summary>One event on its way into a runtime, with what the Runtime API's <c>next</c> call tells of it.</summary>
/// <param name="TraceHeader">For <c>Lambda-Runtime-Trace-Id</c>; null when nothing is known.</param>
/// <param name="ClientContext">JSON of the mobile SDKs, as decoded from <c>X-Amz-Client-Context</c>.</param>
/// <param name="Listener">Gets a streamed response as it comes; null when the caller wants it whole.</param>
public sealed record RuntimeInvocation(
    string RequestId, ReadOnlyMemory<byte> Payload, string FunctionArn, DateTimeOffset Deadline, string? TraceHeader, string? ClientContext,
    IResponseListener? Listener = null)
{
    /// <summary>Null when it is not sampled.</summary>
    public InvocationTracing? Tracing { get; init; }

    /// <summary>What the function sees of its trace, with its own segment as parent; null when it is not sampled.</summary>
    public TraceHeader? Traced { get; init; }

    /// <summary>Of this attempt alone, so that an answer to an earlier one cannot be taken for an answer to this.</summary>
    public string InvocationId { get; } = Guid.NewGuid().ToString();
}

/// <summary>Which invocation a runtime means with its answer.</summary>
/// <param name="InvocationId">Null when it does not say; older runtimes do not know of it.</param>
public readonly record struct AnsweredInvocation(string RequestId, string? InvocationId);

/// <summary>An error as a runtime reported it.</summary>
/// <param name="Body">JSON with <c>errorType</c>, <c>errorMessage</c> and the language's stack; the caller gets it as it is.</param>
/// <param name="XRayCause">JSON of an X-Ray cause, from <c>Lambda-Runtime-Function-XRay-Error-Cause</c>.</param>
public sealed partial record RuntimeError(ReadOnlyMemory<byte> Body, string? Type, string? XRayCause)
{
    /// <summary>The type as the platform tells it on: functions may report any text, and only AWS's own form is kept.</summary>
    public string KnownType(string otherwise) => Type is { } type && KnownForm().IsMatch(type) ? type : otherwise;

    [GeneratedRegex(@"^(Runtime|Function)\.[A-Z][A-Za-z]+\z")]
    private static partial Regex KnownForm();
}

/// <summary>How the Runtime API answers a runtime.</summary>
public enum RuntimeReply
{
    Accepted,

    /// <summary>The request id is not that of the running invocation.</summary>
    InvalidRequestId,

    /// <summary>The request id is right, but the answer is to another attempt.</summary>
    InvalidInvocationId,

    /// <summary>The call makes no sense now, such as an answer when nothing was asked.</summary>
    InvalidState,

    /// <summary>The response is larger than 6 MB; the invocation fails with <c>Function.ResponseSizeTooLarge</c>.</summary>
    TooLarge,
}

/// <summary>How the init phase ended.</summary>
public abstract record InitEnd(DateTimeOffset At)
{
    public Outcome Outcome => this switch
    {
        Ready => Outcome.Success,
        TimedOut => Outcome.Timeout,
        Failed failed => Outcome.Error(failed.Error.KnownType("Runtime.Unknown")),
        ExtensionFailed failed => Outcome.Error(failed.Failure.ErrorType),
        _ => Outcome.Error("Runtime.ExitError"),
    };

    public sealed record Ready(DateTimeOffset At) : InitEnd(At);

    public sealed record Failed(DateTimeOffset At, RuntimeError Error) : InitEnd(At);

    public sealed record Exited(DateTimeOffset At, RuntimeExit Exit) : InitEnd(At);

    public sealed record ExtensionFailed(DateTimeOffset At, ExtensionFailure Failure) : InitEnd(At);

    public sealed record TimedOut(DateTimeOffset At) : InitEnd(At);

    public sealed record InvalidEntrypoint(DateTimeOffset At, string Message) : InitEnd(At);
}

/// <summary>How an invocation ended, as the environment saw it.</summary>
public abstract record InvocationEnd(DateTimeOffset At)
{
    public Outcome Outcome => this switch
    {
        Responded => Outcome.Success,
        TimedOut => Outcome.Timeout,
        Failed failed => Outcome.Error(failed.Error.KnownType("Function.Unknown")),
        TooLarge => Outcome.Error("Function.ResponseSizeTooLarge"),
        Malformed malformed => Outcome.Error(malformed.ErrorType),
        ExtensionFailed failed => Outcome.Error(failed.Failure.ErrorType),
        _ => Outcome.Error("Runtime.ExitError"),
    };

    /// <param name="Payload">Empty when it went to the caller as it came.</param>
    public sealed record Responded(DateTimeOffset At, ReadOnlyMemory<byte> Payload, string? ContentType = null) : InvocationEnd(At);

    public sealed record Failed(DateTimeOffset At, RuntimeError Error) : InvocationEnd(At);

    public sealed record TooLarge(DateTimeOffset At, long BytesMax) : InvocationEnd(At);

    /// <summary>The runtime's answer breaks the rules of the Runtime API.</summary>
    /// <param name="ErrorType">AWS's name for how.</param>
    public sealed record Malformed(DateTimeOffset At, string ErrorType, string Reason) : InvocationEnd(At)
    {
        /// <summary>A streamed response that breaks off.</summary>
        public static Malformed Truncated(DateTimeOffset at) => new(at, "Runtime.TruncatedResponse", "Response body is truncated");
    }

    public sealed record Exited(DateTimeOffset At, RuntimeExit Exit) : InvocationEnd(At);

    public sealed record ExtensionFailed(DateTimeOffset At, ExtensionFailure Failure) : InvocationEnd(At);

    public sealed record TimedOut(DateTimeOffset At) : InvocationEnd(At);
}

/// <summary>A runtime process that ended by itself, or was ended by the kernel.</summary>
public sealed record RuntimeExit(Linux.ExitStatus Status, bool OutOfMemory)
{
    /// <summary>AWS's words for it, behind "RequestId: … Error: ".</summary>
    public string Message => Status.Code == 0 ? "Runtime exited without providing a reason" : $"Runtime exited with error: {Status}";
}
