using Lambray.Tracing.Segments;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>A service on the map, with the figures of its own segments and the calls that it makes.</summary>
/// <param name="ReferenceId">Counted from 0, for this graph only.</param>
/// <param name="Root">Requests enter here.</param>
/// <param name="Active">It sends segments; a client or an inferred service does not (state <c>unknown</c>).</param>
/// <param name="Statistics">Null for a client, of whose work nothing is known.</param>
public sealed record ServiceNode(
    int ReferenceId, ServiceId Id, bool Root, bool Active, SegmentTime Start, SegmentTime End,
    CallStatistics? Statistics, IReadOnlyList<HistogramEntry> DurationHistogram, IReadOnlyList<ServiceEdge> Edges);

/// <summary>The calls from one service to another, with the figures of the caller: they include the network between.</summary>
/// <param name="TargetReferenceId">The node called.</param>
public sealed record ServiceEdge(
    int TargetReferenceId, SegmentTime Start, SegmentTime End, CallStatistics Statistics, IReadOnlyList<HistogramEntry> ResponseTimeHistogram);

/// <summary>Finished calls by outcome.</summary>
/// <remarks>A call with several flags counts once, fault before throttle before error, so that the sum is right.</remarks>
/// <param name="TotalResponseTime">Seconds, summed.</param>
public sealed record CallStatistics(long OkCount, long ThrottleCount, long OtherErrorCount, long FaultCount, double TotalResponseTime)
{
    public long TotalCount => OkCount + ThrottleCount + OtherErrorCount + FaultCount;
}

/// <param name="Value">Seconds, rounded to milliseconds.</param>
public readonly record struct HistogramEntry(double Value, int Count);
