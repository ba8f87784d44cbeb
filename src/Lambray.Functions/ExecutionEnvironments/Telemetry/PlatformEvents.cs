using System.Text.Json;
using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.ExecutionEnvironments.Logging;
using Lambray.Functions.Registry;

namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>The platform's events, from what was measured; their levels as in "Configuring log-level filtering" in the Developer Guide.</summary>
public static class PlatformEvents
{
    const long BytesPerMegabyte = 1024 * 1024;

    public static TelemetryEvent InitStart(DateTimeOffset at, InitKind kind, FunctionModel function, string environment) => TelemetryEvent.Platform(at, "initStart", json =>
    {
        WriteInit(json, kind);
        json.WriteString("functionName", function.Name);
        json.WriteString("functionVersion", function.Version);
        json.WriteString("instanceId", environment);
        json.WriteNumber("instanceMaxMemory", function.MemorySize * BytesPerMegabyte);
    }, SystemLogLevel.Debug);

    public static TelemetryEvent InitRuntimeDone(DateTimeOffset at, InitKind kind, Outcome outcome) => TelemetryEvent.Platform(at, "initRuntimeDone", json =>
    {
        WriteInit(json, kind);
        WriteOutcome(json, outcome);
    }, LevelOf(outcome, SystemLogLevel.Debug));

    public static TelemetryEvent InitReport(DateTimeOffset at, InitKind kind, Outcome outcome, TimeSpan duration) => TelemetryEvent.Platform(at, "initReport", json =>
    {
        WriteInit(json, kind);
        WriteOutcome(json, outcome);
        json.WriteStartObject("metrics");
        json.WriteNumber("durationMs", Milliseconds(duration));
        json.WriteEndObject();
    }, LevelOf(outcome, SystemLogLevel.Debug));

    public static TelemetryEvent Start(DateTimeOffset at, string requestId, string version, string functionArn, InvocationTracing? tracing) => TelemetryEvent.Platform(at, "start", json =>
    {
        json.WriteString("requestId", requestId);
        json.WriteString("version", version);
        json.WriteString("functionArn", functionArn);
        WriteTracing(json, tracing);
    });

    public static TelemetryEvent RuntimeDone(DateTimeOffset at, RunningInvocation running, InvocationEnd end) => TelemetryEvent.Platform(at, "runtimeDone", json =>
    {
        json.WriteString("requestId", running.RequestId);
        WriteOutcome(json, end.Outcome);
        WriteTracing(json, running.Tracing);
        json.WriteStartArray("spans");
        if (running.ResponseBegan is { } began)
        {
            WriteSpan(json, "responseLatency", running.HandedOver, began);
            WriteSpan(json, "responseDuration", began, end.At);
            WriteSpan(json, "runtimeOverhead", end.At, at);
        }
        json.WriteEndArray();
        json.WriteStartObject("metrics");
        json.WriteNumber("durationMs", Milliseconds(at - running.HandedOver));
        json.WriteNumber("producedBytes", running.ProducedBytes);
        json.WriteEndObject();
    }, LevelOf(end.Outcome, SystemLogLevel.Debug));

    public static TelemetryEvent Report(InvocationReport report) => TelemetryEvent.Platform(report.At, "report", json =>
    {
        json.WriteString("requestId", report.RequestId);
        WriteOutcome(json, report.Outcome);
        WriteTracing(json, report.Tracing);
        if (report.RuntimeDone is { } runtimeDone)
        {
            json.WriteStartArray("spans");
            WriteSpan(json, "extensionOverhead", runtimeDone, report.At);
            json.WriteEndArray();
        }
        json.WriteStartObject("metrics");
        json.WriteNumber("durationMs", Milliseconds(report.Duration));
        json.WriteNumber("billedDurationMs", (long)Math.Ceiling(report.Duration.TotalMilliseconds));
        json.WriteNumber("memorySizeMB", report.MemorySize);
        if (report.MemoryPeakBytes is { } bytes) json.WriteNumber("maxMemoryUsedMB", (bytes + BytesPerMegabyte - 1) / BytesPerMegabyte);
        if (report.InitDuration is { } init) json.WriteNumber("initDurationMs", Milliseconds(init));
        json.WriteEndObject();
    }, LevelOf(report.Outcome, SystemLogLevel.Info));

    internal static TelemetryEvent ExtensionInit(DateTimeOffset at, Extension extension) => TelemetryEvent.Platform(at, "extension", json =>
    {
        json.WriteString("name", extension.Name);
        json.WriteString("state", extension.State.ToString());
        WriteList(json, "events", extension.EventNames);
        if (extension.ErrorType is { } type) json.WriteString("errorType", type);
    }, extension.HasFailed ? SystemLogLevel.Warn : SystemLogLevel.Info);

    public static TelemetryEvent Subscription(DateTimeOffset at, string name, IEnumerable<string> types) => TelemetryEvent.Platform(at, "telemetrySubscription", json =>
    {
        json.WriteString("name", name);
        json.WriteString("state", "Subscribed");
        WriteList(json, "types", types);
    });

    public static TelemetryEvent LogsDropped(DateTimeOffset at, long records, long bytes, string reason) => TelemetryEvent.Platform(at, "logsDropped", json =>
    {
        json.WriteNumber("droppedRecords", records);
        json.WriteNumber("droppedBytes", bytes);
        json.WriteString("reason", reason);
    }, SystemLogLevel.Warn);

    static SystemLogLevel LevelOf(Outcome outcome, SystemLogLevel whenGood) => outcome == Outcome.Success ? whenGood : SystemLogLevel.Warn;

    static void WriteInit(Utf8JsonWriter json, InitKind kind)
    {
        json.WriteString("initializationType", kind.Type.Text());
        json.WriteString("phase", kind.Phase);
    }

    static void WriteOutcome(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteString("status", outcome.Status);
        if (outcome.ErrorType is { } type) json.WriteString("errorType", type);
    }

    static void WriteTracing(Utf8JsonWriter json, InvocationTracing? tracing)
    {
        if (tracing is not { } traced) return;
        json.WriteStartObject("tracing");
        json.WriteString("spanId", traced.SpanId);
        json.WriteString("type", "X-Amzn-Trace-Id");
        json.WriteString("value", traced.Header);
        json.WriteEndObject();
    }

    static void WriteSpan(Utf8JsonWriter json, string name, DateTimeOffset start, DateTimeOffset end)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("start", TelemetryEvent.Timestamp(start));
        json.WriteNumber("durationMs", Milliseconds(end - start));
        json.WriteEndObject();
    }

    static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}

/// <summary>How a phase ended, in AWS's words: <c>success</c>, <c>error</c> or <c>timeout</c>.</summary>
public readonly record struct Outcome(string Status, string? ErrorType = null)
{
    public static Outcome Success { get; } = new("success");

    public static Outcome Timeout { get; } = new("timeout", "Sandbox.Timedout");

    public static Outcome Error(string? type) => new("error", type);
}

/// <summary>Which init phase it is.</summary>
/// <param name="Phase"><c>init</c>, or <c>invoke</c> when it is done again inside an invocation.</param>
public readonly record struct InitKind(InitializationType Type, string Phase);

/// <summary>Where a sampled invocation lies in its trace.</summary>
/// <param name="SpanId">Of the function's segment.</param>
/// <param name="Header">With the service segment as parent.</param>
public sealed record InvocationTracing(string SpanId, string Header);

/// <summary>What the REPORT of an invocation tells.</summary>
/// <param name="RuntimeDone">When the runtime was done, if extensions went on behind it.</param>
public sealed record InvocationReport(
    DateTimeOffset At, string RequestId, Outcome Outcome, InvocationTracing? Tracing, DateTimeOffset? RuntimeDone, TimeSpan Duration, TimeSpan? InitDuration,
    int MemorySize, long? MemoryPeakBytes);
