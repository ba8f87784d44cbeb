using Lambray.Tracing;
using Lambray.Tracing.Intake;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.XRay;

sealed record PutTraceSegmentsRequest(List<string?>? TraceSegmentDocuments);

sealed record PutTraceSegmentsAnswer(IReadOnlyList<UnprocessedSegment> UnprocessedTraceSegments);

sealed record PutTelemetryRecordsRequest(
    List<TelemetryRecordWire?>? TelemetryRecords, string? EC2InstanceId, string? Hostname, string? ResourceARN);

/// <summary>What a daemon did in a minute.</summary>
sealed record TelemetryRecordWire(
    WireTimestamp? Timestamp, int? SegmentsReceivedCount, int? SegmentsSentCount, int? SegmentsSpilloverCount, int? SegmentsRejectedCount,
    BackendConnectionErrorsWire? BackendConnectionErrors)
{
    public static DaemonRecord Read(TelemetryRecordWire? record) => new(
        record?.Timestamp?.Time ?? throw XRayErrors.InvalidRequest("Each of TelemetryRecords needs a Timestamp."),
        record.SegmentsReceivedCount ?? 0, record.SegmentsSentCount ?? 0, record.SegmentsSpilloverCount ?? 0, record.SegmentsRejectedCount ?? 0,
        (record.BackendConnectionErrors ?? new BackendConnectionErrorsWire()).ByKind());
}

sealed record BackendConnectionErrorsWire(
    int? TimeoutCount = null, int? ConnectionRefusedCount = null, int? HTTPCode4XXCount = null, int? HTTPCode5XXCount = null,
    int? UnknownHostCount = null, int? OtherCount = null)
{
    public IReadOnlyDictionary<string, long> ByKind() => new Dictionary<string, long>
    {
        ["timeout"] = TimeoutCount ?? 0,
        ["connection_refused"] = ConnectionRefusedCount ?? 0,
        ["http_4xx"] = HTTPCode4XXCount ?? 0,
        ["http_5xx"] = HTTPCode5XXCount ?? 0,
        ["unknown_host"] = UnknownHostCount ?? 0,
        ["other"] = OtherCount ?? 0,
    };
}

sealed record EmptyAnswer;
