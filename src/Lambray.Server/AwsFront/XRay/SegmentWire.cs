using System.Text.Json;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.XRay;

sealed record PutTraceSegmentsRequest(List<string?>? TraceSegmentDocuments);

sealed record PutTraceSegmentsAnswer(IReadOnlyList<UnprocessedSegment> UnprocessedTraceSegments);

sealed record PutTelemetryRecordsRequest(
    List<TelemetryRecordWire?>? TelemetryRecords, string? EC2InstanceId, string? Hostname, string? ResourceARN);

/// <summary>What a daemon did in a minute.</summary>
sealed record TelemetryRecordWire(
    WireTimestamp? Timestamp, int SegmentsReceivedCount, int SegmentsSentCount, int SegmentsSpilloverCount, int SegmentsRejectedCount,
    JsonElement? BackendConnectionErrors);

sealed record EmptyAnswer;
