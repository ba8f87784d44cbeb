namespace Lambray.Functions.ExecutionEnvironments.Telemetry;

/// <summary>What an extension subscribes to, validated.</summary>
/// <param name="Types">Of <c>platform</c>, <c>function</c> and <c>extension</c>.</param>
/// <param name="IsLogsApi">The Telemetry API's predecessor: fewer events, one of them by another name.</param>
public sealed record TelemetrySettings(IReadOnlyList<string> Types, TelemetryBuffering Buffering, TelemetryDestination Destination, bool IsLogsApi);

/// <summary>When a batch is sent: as soon as the first of these is reached.</summary>
public sealed record TelemetryBuffering(int ItemsMax, int BytesMax, TimeSpan Wait)
{
    public static TelemetryBuffering Default { get; } = new(10_000, 256 * 1024, TimeSpan.FromSeconds(1));
}

/// <summary>Where it is sent to, inside the environment.</summary>
/// <param name="Path">For HTTP; null for a TCP connection that takes a line for each event.</param>
public sealed record TelemetryDestination(int Port, string? Path);
