using Lambray.Tracing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

sealed record GetTraceSummariesRequest(
    WireTimestamp? StartTime, WireTimestamp? EndTime, string? TimeRangeType, string? FilterExpression, string? NextToken)
{
    public TraceTimeRange Range() => XRayWire.Range(StartTime, EndTime) with { Type = Type() };

    TraceTimeRangeType Type() => TimeRangeType switch
    {
        null or "TraceId" => TraceTimeRangeType.TraceId,
        "Event" => TraceTimeRangeType.Event,
        "Service" => TraceTimeRangeType.Service,
        _ => throw XRayWire.InvalidRequest($"TimeRangeType is TraceId, Event or Service, not '{TimeRangeType}'."),
    };
}

sealed record GetTraceSummariesAnswer(
    IReadOnlyList<TraceSummaryWire> TraceSummaries, double ApproximateTime, int TracesProcessedCount, string? NextToken);

sealed record TraceSummaryWire(
    string Id, double StartTime, double Duration, double ResponseTime, bool HasFault, bool HasError, bool HasThrottle, bool IsPartial,
    HttpWire Http, Dictionary<string, AnnotationWire[]> Annotations, UserWire[] Users, ServiceIdWire[] ServiceIds, ArnWire[] ResourceARNs,
    IdWire[] InstanceIds, NameWire[] AvailabilityZones, ServiceIdWire EntryPoint, RootCauseWire[] FaultRootCauses,
    RootCauseWire[] ErrorRootCauses, RootCauseWire[] ResponseTimeRootCauses, int Revision)
{
    public static TraceSummaryWire Of(TraceSummary trace) => new(
        trace.Id.ToString(), trace.StartTime.EpochSeconds, trace.Duration, trace.ResponseTime, trace.HasFault, trace.HasError,
        trace.HasThrottle, trace.IsPartial, HttpWire.Of(trace.Http),
        trace.Annotations.ToDictionary(pair => pair.Key, pair => pair.Value.Select(AnnotationWire.Of).ToArray()),
        [.. trace.Users.Select(user => new UserWire(user.Name, ServiceIdWire.Of(user.ServiceIds)))],
        ServiceIdWire.Of(trace.ServiceIds),
        [.. trace.ResourceArns.Select(arn => new ArnWire(arn))],
        [.. trace.InstanceIds.Select(id => new IdWire(id))],
        [.. trace.AvailabilityZones.Select(zone => new NameWire(zone))],
        ServiceIdWire.Of(trace.EntryPoint),
        [.. trace.FaultRootCauses.Select(RootCauseWire.OfFailure)],
        [.. trace.ErrorRootCauses.Select(RootCauseWire.OfFailure)],
        [.. trace.ResponseTimeRootCauses.Select(RootCauseWire.OfResponseTime)],
        trace.Revision);
}

sealed record HttpWire(string? HttpURL, int? HttpStatus, string? HttpMethod, string? UserAgent, string? ClientIp)
{
    public static HttpWire Of(HttpSummary? http) => new(http?.Url, http?.Status, http?.Method, http?.UserAgent, http?.ClientIp);
}

sealed record AnnotationWire(AnnotationValueWire AnnotationValue, ServiceIdWire[] ServiceIds)
{
    public static AnnotationWire Of(TraceAnnotation annotation) =>
        new(AnnotationValueWire.Of(annotation.Value), ServiceIdWire.Of(annotation.ServiceIds));
}

sealed record AnnotationValueWire(double? NumberValue, bool? BooleanValue, string? StringValue)
{
    public static AnnotationValueWire Of(AnnotationValue value) => new(value.Number, value.Flag, value.Text);
}

sealed record UserWire(string UserName, ServiceIdWire[] ServiceIds);

sealed record ServiceIdWire(string Name, string[] Names, string? AccountId, string? Type)
{
    public static ServiceIdWire Of(ServiceId id) => new(id.Name, [id.Name], id.AccountId, id.Type);

    public static ServiceIdWire[] Of(IReadOnlyList<ServiceId> ids) => [.. ids.Select(Of)];
}

sealed record ArnWire(string ARN);

sealed record IdWire(string Id);

sealed record NameWire(string Name);
