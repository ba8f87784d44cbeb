using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation;

/// <summary>An invocation's error as its caller sees it, and as X-Ray does.</summary>
/// <param name="Body">JSON with <c>errorType</c> and <c>errorMessage</c>.</param>
/// <param name="ReportStatus">For the REPORT line when the platform, not the function's code, ended the invocation: <c>timeout</c> or <c>error</c>.</param>
public sealed record FunctionFailure(ReadOnlyMemory<byte> Body, string Type, string Message, Cause Cause, string? ReportStatus = null)
{
    public Outcome Outcome => ReportStatus == "timeout" ? Outcome.Timeout : Outcome.Error(Type);

    public static FunctionFailure Reported(RuntimeError error)
    {
        var (type, message) = Describe(error);
        var cause = error.XRayCause is { } json ? CauseText.Parse(json) : null;
        return new FunctionFailure(error.Body, type, message, cause ?? SingleCause(type, message));
    }

    public static FunctionFailure TimedOut(string requestId, TimeSpan limit) => Platform(
        "Sandbox.Timedout", $"RequestId: {requestId} Error: Task timed out after {limit.TotalSeconds.ToString("F2", System.Globalization.CultureInfo.InvariantCulture)} seconds", "timeout");

    public static FunctionFailure Exited(string requestId, RuntimeExit exit) => Platform("Runtime.ExitError", $"RequestId: {requestId} Error: {exit.Message}", "error");

    public static FunctionFailure InvalidEntrypoint(string requestId, string message) =>
        Platform("Runtime.InvalidEntrypoint", $"RequestId: {requestId} Error: {message}", "error");

    public static FunctionFailure ExtensionFailed(string requestId, ExtensionFailure failure) =>
        Platform(failure.ErrorType, $"RequestId: {requestId} Error: {failure.Message}", "error");

    public static FunctionFailure TooLarge(long bytesMax) => Platform(
        "Function.ResponseSizeTooLarge", $"Response payload size exceeded maximum allowed payload size ({bytesMax} bytes).", reportStatus: null);

    public static FunctionFailure Malformed(string requestId, InvocationEnd.Malformed end) => Platform(end.ErrorType, $"RequestId: {requestId} Error: {end.Reason}", "error");

    static FunctionFailure Platform(string type, string message, string? reportStatus) => new(
        JsonSerializer.SerializeToUtf8Bytes(new ErrorBody(type, message), FunctionFailureJson.Default.ErrorBody), type, message, SingleCause(type, message), reportStatus);

    static Cause SingleCause(string type, string message) => new(Exceptions: [new TracedException(SegmentId.New().ToString(), message, type)]);

    // A runtime may post any body; one that is no error object is passed on all the same.
    static (string Type, string Message) Describe(RuntimeError error)
    {
        try
        {
            var body = JsonSerializer.Deserialize(error.Body.Span, FunctionFailureJson.Default.ErrorBody);
            return (body?.ErrorType ?? error.Type ?? "Function.Unknown", body?.ErrorMessage ?? "");
        }
        catch (JsonException)
        {
            return (error.Type ?? "Function.Unknown", "");
        }
    }
}

sealed record ErrorBody(string? ErrorType, string? ErrorMessage);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ErrorBody))]
sealed partial class FunctionFailureJson : JsonSerializerContext;
