using System.Text.Json.Serialization;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Statistics;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>A page of the traces that were asked for.</summary>
/// <param name="Next">Where the page after begins (<c>after</c>); null when this is the last.</param>
/// <param name="IsWhole">False when there are more traces than can be put in this order: the newest are.</param>
sealed record TraceList(IReadOnlyList<TraceListItem> Traces, string? Next, bool IsWhole);

/// <summary>One trace, seen from its entry point.</summary>
/// <param name="ResponseTime">How long the caller waited; null while it still waits.</param>
/// <param name="Type">Origin of the entry point, such as <c>AWS::Lambda</c>.</param>
sealed record TraceListItem(
    TraceId Id, EpochMicroseconds StartTime, Microseconds Duration, Microseconds? ResponseTime, TimelineStatus Status, string Name, string? Type,
    string? HttpMethod, string? HttpUrl, int? HttpStatus, int SegmentCount, IReadOnlyList<string> Users, IReadOnlyList<ListedAnnotation> Annotations)
{
    public static TraceListItem Of(TraceSummary summary) => new(
        summary.Id, summary.StartTime, Microseconds.OfSeconds(summary.Duration),
        summary.IsPartial ? null : Microseconds.OfSeconds(summary.ResponseTime), summary.Status, summary.EntryPoint.Name, summary.EntryPoint.Type,
        summary.Http?.Method, summary.Http?.Url, summary.Http?.Status, summary.SegmentCount, [.. summary.Users.Select(user => user.Name)],
        [.. summary.Annotations.SelectMany(annotation => annotation.Value.Select(value => new ListedAnnotation(annotation.Key, value.Value.ToString())))]);
}

sealed record ListedAnnotation(string Key, string Value);

/// <summary>Figures of all the traces that were asked for.</summary>
/// <param name="Count">How many traces that is.</param>
/// <param name="IsWhole">False when there are more than can be looked at: the figures are of the newest.</param>
/// <param name="AnnotationKeys">By which the traces can be broken down.</param>
sealed record TraceStatistics(
    int Count, bool IsWhole, OutcomeCountsWire Outcomes, IReadOnlyList<ResponseTimeBinWire> Bins, ResponseTimePercentilesWire? Percentiles,
    IReadOnlyList<ResponseTimePointWire> Points, IReadOnlyList<string> AnnotationKeys, IReadOnlyList<BreakdownRowWire> Breakdown)
{
    const int AnnotationKeysMax = 100;

    public static TraceStatistics Of(ScannedTraces scanned, IReadOnlyList<BreakdownRow> breakdown)
    {
        var times = ResponseTimes.Of(scanned.Traces);
        return new TraceStatistics(
            scanned.Traces.Count, scanned.IsWhole, OutcomeCountsWire.Of(OutcomeCounts.Of(scanned.Traces)),
            [.. times.Bins.Select(bin => new ResponseTimeBinWire(new(bin.FromMicroseconds), new(bin.ToMicroseconds), OutcomeCountsWire.Of(bin.Counts)))],
            times.Percentiles is { } known ? new(new(known.P50), new(known.P90), new(known.P95), new(known.P99)) : null,
            [.. times.Points.Select(point => new ResponseTimePointWire(point.Id, point.StartTime, new(point.ResponseMicroseconds), point.Status))],
            [.. scanned.Traces.SelectMany(trace => trace.Annotations.Keys).Distinct().Order(StringComparer.Ordinal).Take(AnnotationKeysMax)],
            [.. breakdown.Select(BreakdownRowWire.Of)]);
    }
}

/// <param name="From">Part of the bin.</param>
/// <param name="To">No part of it.</param>
sealed record ResponseTimeBinWire(Microseconds From, Microseconds To, OutcomeCountsWire Counts);

sealed record OutcomeCountsWire(int Ok, int Error, int Throttle, int Fault, int InProgress, int Total)
{
    public static OutcomeCountsWire Of(OutcomeCounts counts) => new(counts.Ok, counts.Error, counts.Throttle, counts.Fault, counts.InProgress, counts.Total);
}

sealed record ResponseTimePercentilesWire(Microseconds P50, Microseconds P90, Microseconds P95, Microseconds P99);

sealed record ResponseTimePointWire(TraceId Id, EpochMicroseconds StartTime, Microseconds ResponseTime, TimelineStatus Status);

/// <param name="Value">Null for the traces that have none.</param>
/// <param name="Filter">The filter expression that finds these traces.</param>
/// <param name="Average">Of the response times; null while all are in progress.</param>
sealed record BreakdownRowWire(string? Value, string? Filter, OutcomeCountsWire Counts, Microseconds? Average, Microseconds? P95)
{
    public static BreakdownRowWire Of(BreakdownRow row) => new(
        row.Value, row.Filter, OutcomeCountsWire.Of(row.Counts), row.AverageMicroseconds is { } average ? new(average) : null, row.P95Microseconds is { } p95 ? new(p95) : null);
}

[JsonSerializable(typeof(TraceList))]
[JsonSerializable(typeof(TraceStatistics))]
sealed partial class TraceListJson : JsonSerializerContext;
