using Lambray.Tracing;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

sealed record GetTraceSummariesRequest(
    WireTimestamp? StartTime, WireTimestamp? EndTime, string? TimeRangeType, bool? Sampling, SamplingStrategyWire? SamplingStrategy,
    string? FilterExpression, string? NextToken)
{
    public TraceTimeRange Range() => XRayWire.Range(StartTime, EndTime) with { Type = Type() };

    /// <summary>Null for all traces. A strategy is a wish to sample, unless the request says that it is none.</summary>
    public TraceSampling? Strategy() =>
        Sampling ?? SamplingStrategy is not null ? Strategy(SamplingStrategy?.Name, SamplingStrategy?.Value) : null;

    static TraceSampling Strategy(string? name, double? value) => (name, value) switch
    {
        (null or "PartialScan", _) => new TraceSampling.PartialScan(),
        ("FixedRate", { } fraction) when fraction is >= 0 and <= 1 => new TraceSampling.FixedRate(fraction),
        ("FixedRate", _) => throw XRayWire.InvalidRequest("SamplingStrategy with the Name FixedRate takes a Value from 0 to 1."),
        _ => throw XRayWire.InvalidRequest($"The Name of SamplingStrategy is PartialScan or FixedRate, not '{name}'."),
    };

    TraceTimeRangeType Type() => TimeRangeType switch
    {
        null or "TraceId" => TraceTimeRangeType.TraceId,
        "Event" => TraceTimeRangeType.Event,
        "Service" => TraceTimeRangeType.Service,
        _ => throw XRayWire.InvalidRequest($"TimeRangeType is TraceId, Event or Service, not '{TimeRangeType}'."),
    };
}

sealed record SamplingStrategyWire(string? Name, double? Value);

sealed record GetTraceSummariesAnswer(
    IReadOnlyList<TraceSummaryWire> TraceSummaries, double ApproximateTime, int TracesProcessedCount, string? NextToken);

sealed record TraceSummaryWire(
    string Id, double StartTime, double Duration, double ResponseTime, bool HasFault, bool HasError, bool HasThrottle, bool IsPartial,
    HttpWire Http, Dictionary<string, AnnotationWire[]> Annotations, UserWire[] Users, ServiceIdWire[] ServiceIds, ArnWire[] ResourceARNs,
    IdWire[] InstanceIds, NameWire[] AvailabilityZones, ServiceIdWire EntryPoint, RootCauseWire[] FaultRootCauses,
    RootCauseWire[] ErrorRootCauses, RootCauseWire[] ResponseTimeRootCauses, int Revision, double? MatchedEventTime)
{
    /// <param name="matchedEvent">For a search by events: when the trace was written to.</param>
    public static TraceSummaryWire Of(TraceSummary trace, DateTimeOffset? matchedEvent) => new(
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
        trace.Revision, matchedEvent?.ToEpochSeconds());
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
