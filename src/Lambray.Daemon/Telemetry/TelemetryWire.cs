using System.Text.Json.Serialization;

namespace Lambray.Daemon.Telemetry;

/// <summary>The request of PutTelemetryRecords.</summary>
sealed record TelemetryRequest(
    [property: JsonPropertyName("EC2InstanceId")] string? InstanceId, string? Hostname, [property: JsonPropertyName("ResourceARN")] string? ResourceArn,
    IReadOnlyList<TelemetryRecord> TelemetryRecords);

/// <param name="Timestamp">Seconds since 1970.</param>
sealed record TelemetryRecord(
    double Timestamp, long SegmentsReceivedCount, long SegmentsSentCount, long SegmentsSpilloverCount, long SegmentsRejectedCount,
    BackendConnectionErrors BackendConnectionErrors)
{
    public static TelemetryRecord Of(DaemonCounts counts, DateTimeOffset now) => new(
        (now - DateTimeOffset.UnixEpoch).TotalSeconds, counts.Received, counts.Sent, counts.Spilled, counts.Rejected, BackendConnectionErrors.Of(counts));
}

sealed record BackendConnectionErrors(
    long TimeoutCount, long ConnectionRefusedCount, [property: JsonPropertyName("HTTPCode4XXCount")] long Http4xxCount,
    [property: JsonPropertyName("HTTPCode5XXCount")] long Http5xxCount, long UnknownHostCount, long OtherCount)
{
    public static BackendConnectionErrors Of(DaemonCounts counts)
    {
        return new BackendConnectionErrors(
            Count(ConnectionError.Timeout), Count(ConnectionError.Refused), Count(ConnectionError.Http4xx), Count(ConnectionError.Http5xx),
            Count(ConnectionError.UnknownHost), Count(ConnectionError.Other));

        long Count(ConnectionError error) => counts.ConnectionErrors[(int)error];
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TelemetryRequest))]
sealed partial class TelemetryJson : JsonSerializerContext;
