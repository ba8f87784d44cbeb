using System.Text.Json.Serialization;
using Lambray.Tracing;
using Lambray.Tracing.Insights;

namespace Lambray.Server.AwsFront.XRay.Insights;

sealed record GetInsightRequest(string? InsightId);

sealed record GetInsightAnswer(InsightWire Insight);

sealed record GetInsightSummariesRequest(
    List<string?>? States, string? GroupARN, string? GroupName, WireTimestamp? StartTime, WireTimestamp? EndTime, int? MaxResults, string? NextToken);

sealed record GetInsightSummariesAnswer(InsightWire[] InsightSummaries, string? NextToken);

sealed record GetInsightEventsRequest(string? InsightId, int? MaxResults, string? NextToken);

sealed record GetInsightEventsAnswer(InsightEventWire[] InsightEvents, string? NextToken);

sealed record GetInsightImpactGraphRequest(string? InsightId, WireTimestamp? StartTime, WireTimestamp? EndTime, string? NextToken);

sealed record GetInsightImpactGraphAnswer(
    string InsightId, double StartTime, double EndTime, double ServiceGraphStartTime, double ServiceGraphEndTime, ImpactedServiceWire[] Services);

/// <param name="LastUpdateTime">In summaries only.</param>
sealed record InsightWire(
    string InsightId, string GroupARN, string GroupName, ServiceIdWire RootCauseServiceId, string[] Categories, string State, double StartTime,
    double? EndTime, string Summary, RequestImpactWire ClientRequestImpactStatistics, RequestImpactWire RootCauseServiceRequestImpactStatistics,
    AnomalousServiceWire[] TopAnomalousServices, double? LastUpdateTime)
{
    public const string Active = "ACTIVE";
    public const string Closed = "CLOSED";

    public static InsightWire Of(Insight insight) => new(
        insight.Id.ToString(), insight.GroupArn, insight.GroupName, ServiceIdWire.Of(insight.RootCause), ["FAULT"], insight.IsActive ? Active : Closed,
        insight.Started.ToUnixTimeSeconds(), insight.Ended?.ToUnixTimeSeconds(), insight.Summary, RequestImpactWire.Of(insight.ClientRequests),
        RequestImpactWire.Of(insight.RootCauseRequests), AnomalousServiceWire.Of(insight.TopServices), LastUpdateTime: null);

    public static InsightWire SummaryOf(Insight insight) => Of(insight) with { LastUpdateTime = insight.Updated.ToUnixTimeSeconds() };
}

sealed record InsightEventWire(
    string Summary, double EventTime, RequestImpactWire ClientRequestImpactStatistics, RequestImpactWire RootCauseServiceRequestImpactStatistics,
    AnomalousServiceWire[] TopAnomalousServices)
{
    public static InsightEventWire Of(InsightEvent seen) => new(
        seen.Summary, seen.Time.ToUnixTimeSeconds(), RequestImpactWire.Of(seen.ClientRequests), RequestImpactWire.Of(seen.RootCauseRequests),
        AnomalousServiceWire.Of(seen.TopServices));
}

sealed record RequestImpactWire(long FaultCount, long OkCount, long TotalCount)
{
    public static RequestImpactWire Of(RequestImpact impact) => new(impact.Faults, impact.Ok, impact.Total);
}

sealed record AnomalousServiceWire(ServiceIdWire ServiceId)
{
    public static AnomalousServiceWire[] Of(IEnumerable<ServiceId> services) => [.. services.Select(id => new AnomalousServiceWire(ServiceIdWire.Of(id)))];
}

/// <summary>A service on the way of what failed: its place on the map, no figures.</summary>
sealed record ImpactedServiceWire(int ReferenceId, string? Type, string Name, string[] Names, string? AccountId, ImpactedEdgeWire[] Edges);

sealed record ImpactedEdgeWire(int ReferenceId);

/// <summary>The JSON of the operations on insights.</summary>
[JsonSerializable(typeof(GetInsightRequest))]
[JsonSerializable(typeof(GetInsightAnswer))]
[JsonSerializable(typeof(GetInsightSummariesRequest))]
[JsonSerializable(typeof(GetInsightSummariesAnswer))]
[JsonSerializable(typeof(GetInsightEventsRequest))]
[JsonSerializable(typeof(GetInsightEventsAnswer))]
[JsonSerializable(typeof(GetInsightImpactGraphRequest))]
[JsonSerializable(typeof(GetInsightImpactGraphAnswer))]
sealed partial class InsightWireJson : JsonSerializerContext
{
    public static InsightWireJson Wire { get; } = new(XRayJson.NewOptions());
}
