using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

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
/// <param name="Link">The two met through a message: the histogram is of the messages' ages.</param>
public sealed record ServiceEdge(
    int TargetReferenceId, SegmentTime Start, SegmentTime End, bool Link, CallStatistics Statistics, IReadOnlyList<HistogramEntry> Histogram);

/// <summary>Finished calls by outcome.</summary>
/// <param name="TotalResponseTime">Seconds, summed.</param>
public sealed record CallStatistics(long OkCount, long ThrottleCount, long OtherErrorCount, long FaultCount, double TotalResponseTime)
{
    public long TotalCount => OkCount + ThrottleCount + OtherErrorCount + FaultCount;

    public static CallStatistics Of(GraphTally tally) =>
        new(tally.OkCount, tally.ThrottleCount, tally.ErrorCount, tally.FaultCount, tally.DurationMicroseconds / 1e6);
}

/// <param name="Value">Seconds, rounded to milliseconds.</param>
public readonly record struct HistogramEntry(double Value, int Count)
{
    // What can be drawn: X-Ray gives each value of few calls, and puts those of many together.
    const int EntriesMax = 200;

    public static IReadOnlyList<HistogramEntry> Of(GraphTally tally)
    {
        var steps = tally.Durations;
        for (var digits = 3; steps.Count > EntriesMax && digits > 0; digits--) steps = Coarser(steps, digits);
        return [.. steps.Select(step => new HistogramEntry(step.Milliseconds / 1000.0, step.Calls))];
    }

    static DurationCounts Coarser(DurationCounts steps, int digits)
    {
        var coarser = new DurationCounts();
        foreach (var (milliseconds, calls) in steps) coarser.Add(DurationStep.Rounded(milliseconds, digits), calls);
        return coarser;
    }
}
