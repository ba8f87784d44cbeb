using System.Text.Json.Serialization;
using Lambray.Tracing.Retrieval;

namespace Lambray.Server.AwsFront.XRay.Retrieval;

sealed record StartTraceRetrievalRequest(List<string?>? TraceIds, WireTimestamp? StartTime, WireTimestamp? EndTime);

sealed record StartTraceRetrievalAnswer(string RetrievalToken);

sealed record CancelTraceRetrievalRequest(string? RetrievalToken);

sealed record ListRetrievedTracesRequest(string? RetrievalToken, string? TraceFormat, string? NextToken);

sealed record ListRetrievedTracesAnswer(string RetrievalStatus, string TraceFormat, IReadOnlyList<RetrievedTraceWire> Traces, string? NextToken);

sealed record RetrievedTraceWire(string Id, double Duration, IReadOnlyList<SpanWire> Spans);

sealed record SpanWire(string Id, string Document);

sealed record GetRetrievedTracesGraphRequest(string? RetrievalToken, string? NextToken);

sealed record GetRetrievedTracesGraphAnswer(string RetrievalStatus, IReadOnlyList<RetrievedServiceWire> Services, string? NextToken);

sealed record RetrievedServiceWire(ServiceWire Service, IReadOnlyList<GraphLinkWire> Links);

sealed record GraphLinkWire(string? ReferenceType, string SourceTraceId, string[] DestinationTraceIds);

static class RetrievalStatusWire
{
    public static string Of(RetrievalStatus status) => status switch
    {
        RetrievalStatus.Scheduled => "SCHEDULED",
        RetrievalStatus.Running => "RUNNING",
        RetrievalStatus.Complete => "COMPLETE",
        RetrievalStatus.Failed => "FAILED",
        RetrievalStatus.Cancelled => "CANCELLED",
        _ => "TIMEOUT",
    };
}

/// <summary>The JSON of the operations on retrievals.</summary>
[JsonSerializable(typeof(StartTraceRetrievalRequest))]
[JsonSerializable(typeof(StartTraceRetrievalAnswer))]
[JsonSerializable(typeof(CancelTraceRetrievalRequest))]
[JsonSerializable(typeof(ListRetrievedTracesRequest))]
[JsonSerializable(typeof(ListRetrievedTracesAnswer))]
[JsonSerializable(typeof(GetRetrievedTracesGraphRequest))]
[JsonSerializable(typeof(GetRetrievedTracesGraphAnswer))]
[JsonSerializable(typeof(EmptyAnswer))]
sealed partial class RetrievalJson : JsonSerializerContext
{
    public static RetrievalJson Wire { get; } = new(XRayJson.NewOptions());
}
