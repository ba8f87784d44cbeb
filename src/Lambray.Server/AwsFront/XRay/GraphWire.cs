using Lambray.Tracing.ServiceGraph;

namespace Lambray.Server.AwsFront.XRay;

sealed record GetServiceGraphRequest(WireTimestamp? StartTime, WireTimestamp? EndTime, string? GroupName, string? GroupARN, string? NextToken);

sealed record GetServiceGraphAnswer(double StartTime, double EndTime, ServiceWire[] Services, bool ContainsOldGroupVersions);

sealed record GetTraceGraphRequest(List<string?>? TraceIds, string? NextToken);

sealed record GetTraceGraphAnswer(ServiceWire[] Services);

sealed record ServiceWire(
    int ReferenceId, string Name, string[] Names, bool? Root, string? AccountId, string? Type, string State, double StartTime, double EndTime,
    EdgeWire[] Edges, StatisticsWire? SummaryStatistics, HistogramEntry[]? DurationHistogram, HistogramEntry[]? ResponseTimeHistogram)
{
    public static ServiceWire Of(ServiceNode node)
    {
        // Nothing is known of a client's own work: it has edges only.
        HistogramEntry[]? histogram = node.Statistics is null ? null : [.. node.DurationHistogram];
        return new ServiceWire(
            node.ReferenceId, node.Id.Name, [node.Id.Name], node.Root ? true : null, node.Id.AccountId, node.Id.Type,
            node.Active ? "active" : "unknown", node.Start.EpochSeconds, node.End.EpochSeconds, [.. node.Edges.Select(EdgeWire.Of)],
            node.Statistics is { } statistics ? StatisticsWire.Of(statistics) : null, histogram, histogram);
    }
}

sealed record EdgeWire(
    int ReferenceId, double StartTime, double EndTime, StatisticsWire SummaryStatistics, IReadOnlyList<HistogramEntry>? ResponseTimeHistogram,
    string[] Aliases, string? EdgeType, IReadOnlyList<HistogramEntry>? ReceivedEventAgeHistogram)
{
    public static EdgeWire Of(ServiceEdge edge) => new(
        edge.TargetReferenceId, edge.Start.EpochSeconds, edge.End.EpochSeconds, StatisticsWire.Of(edge.Statistics),
        edge.Link ? null : edge.Histogram, [], edge.Link ? "link" : null, edge.Link ? edge.Histogram : null);
}

sealed record StatisticsWire(
    long OkCount, ErrorStatisticsWire ErrorStatistics, FaultStatisticsWire FaultStatistics, long TotalCount, double TotalResponseTime)
{
    public static StatisticsWire Of(CallStatistics calls) => new(
        calls.OkCount,
        new ErrorStatisticsWire(calls.ThrottleCount, calls.OtherErrorCount, calls.ThrottleCount + calls.OtherErrorCount),
        new FaultStatisticsWire(calls.FaultCount, calls.FaultCount),
        calls.TotalCount, calls.TotalResponseTime);
}

sealed record ErrorStatisticsWire(long ThrottleCount, long OtherCount, long TotalCount);

sealed record FaultStatisticsWire(long OtherCount, long TotalCount);
