using System.Text.Json;

namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>Events in the form of the Logs API, which the Telemetry API superseded ("Lambda Logs API" in the Developer Guide).</summary>
static class LogsApiForm
{
    /// <summary>None for what it does not know; an invocation's END before its REPORT.</summary>
    public static IEnumerable<TelemetryEvent> Of(TelemetryEvent item) => item.Type switch
    {
        "platform.initStart" or "platform.initRuntimeDone" or "platform.initReport" => [],
        "platform.telemetrySubscription" => [item with { Type = "platform.logsSubscription" }],
        "platform.report" => [End(item), item],
        _ => [item],
    };

    static TelemetryEvent End(TelemetryEvent report)
    {
        var requestId = JsonElement.Parse(report.Record.Span).GetProperty("requestId").GetString();
        return TelemetryEvent.Platform(report.Time, "end", json => json.WriteString("requestId", requestId));
    }
}
