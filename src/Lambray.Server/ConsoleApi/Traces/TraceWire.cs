using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>One trace laid out for drawing.</summary>
/// <param name="Now">The server's clock at this answer: by it, what is in progress grows.</param>
/// <param name="Grows">Whether something is in progress that may still end; what began long ago was never ended by its sender.</param>
/// <param name="Rows">Depth first, so that a row's descendants follow it directly.</param>
/// <param name="CriticalPath">By time: the stretches that decided when the trace ended.</param>
/// <param name="OrphanCount">Subsegments whose parent has not come; they stand at the outside until it has.</param>
sealed record TraceTimelineWire(
    TraceId Id, EpochMicroseconds StartTime, Microseconds Duration, TimelineStatus Status, EpochMicroseconds Now, bool Grows, IReadOnlyList<TimelineRowWire> Rows,
    IReadOnlyList<CriticalStretchWire> CriticalPath, IReadOnlyList<LinkedTrace> Links, int OrphanCount)
{
    // No Lambda function runs longer.
    static readonly TimeSpan GrowthMax = TimeSpan.FromMinutes(15);

    public static TraceTimelineWire Of(Trace trace, DateTimeOffset now)
    {
        var timeline = TraceTimeline.Of(trace);
        var indexes = timeline.Rows.Select((row, index) => (row.Id, index)).ToDictionary(row => row.Id, row => row.index);
        var inProgress = timeline.Rows.Where(row => row.DurationMicroseconds is null).Select(row => row.Entity.StartTime.ToDateTimeOffset()).ToList();
        return new TraceTimelineWire(
            trace.Id, timeline.Start, new(timeline.DurationMicroseconds), TraceSummary.Of(trace)?.Status ?? TimelineStatus.InProgress, now,
            inProgress.Count > 0 && now - inProgress.Max() < GrowthMax, [.. timeline.Rows.Select(TimelineRowWire.Of)],
            [.. Lambray.Tracing.TraceQuery.CriticalPath.Of(timeline).Select(stretch => new CriticalStretchWire(
                indexes[stretch.RowId], new(stretch.StartOffsetMicroseconds), new(stretch.DurationMicroseconds)))],
            [.. trace.Segments.SelectMany(segment => segment.Links.Select(link => new LinkedTrace(segment.Id.ToString(), link.TraceId, link.Id.ToString(), link.ReferenceType)))],
            trace.Orphans.Count);
    }
}

/// <summary>One segment or subsegment.</summary>
/// <param name="Namespace">Of a subsegment: <c>aws</c>, <c>remote</c>, or null for local work.</param>
/// <param name="Operation">Of a call of an AWS service, such as <c>PutObject</c>.</param>
/// <param name="StartOffset">From the start of the trace.</param>
/// <param name="Duration">Null while in progress.</param>
/// <param name="BeforeCaller">By how much a segment seems to begin before the call that caused it: the clocks of the two disagree.</param>
sealed record TimelineRowWire(
    string Id, string? ParentId, int Depth, TimelineRowKind Kind, string Name, string? Origin, string? Namespace, string? Operation, bool Inferred,
    Microseconds StartOffset, Microseconds? Duration, TimelineStatus Status, int? HttpStatus, LambdaPart? LambdaPart, Microseconds? BeforeCaller)
{
    public static TimelineRowWire Of(TimelineRow row) => new(
        row.Id.ToString(), row.ParentId?.ToString(), row.Depth, row.Kind, row.Name, row.Origin, row.Namespace, OperationOf(row.Entity), row.Inferred,
        new(row.StartOffsetMicroseconds), row.DurationMicroseconds is { } duration ? new(duration) : null, row.Status, row.HttpStatus, row.LambdaPart,
        row.BeforeCallerMicroseconds is { } before ? new(before) : null);

    static string? OperationOf(SegmentEntity entity) =>
        entity.Aws is { } aws && aws.TryGetProperty("operation", out var operation) && operation.ValueKind == JsonValueKind.String ? operation.GetString() : null;
}

/// <param name="Row">Counted from 0.</param>
sealed record CriticalStretchWire(int Row, Microseconds StartOffset, Microseconds Duration);

/// <summary>Another trace that a segment of this one names, as the consumer of a batch of messages names those of their senders.</summary>
/// <param name="ReferenceType"><c>parent</c> when this trace follows from that one, <c>child</c> when that one follows from this.</param>
sealed record LinkedTrace(string RowId, TraceId TraceId, string EntityId, string? ReferenceType);

/// <summary>The traces that name this one, the newest first.</summary>
sealed record LinkingTraceList(IReadOnlyList<LinkingTrace> Traces);

/// <param name="Name">Of the segment that names this trace.</param>
/// <param name="ReferenceType"><c>parent</c> when that trace follows from this one, <c>child</c> when this one follows from that.</param>
sealed record LinkingTrace(TraceId TraceId, string RowId, string Name, string? Origin, EpochMicroseconds StartTime, string? ReferenceType)
{
    public static LinkingTrace Of(LinkingSegment linking) => new(
        linking.TraceId, linking.Segment.Id.ToString(), linking.Segment.Name, linking.Segment.Origin, linking.Segment.StartTime, linking.Link.ReferenceType);
}

/// <summary>What one row tells of itself.</summary>
/// <param name="Document">Its own X-Ray fields, without its subsegments.</param>
/// <param name="SubsegmentCount">At any depth inside it.</param>
/// <param name="CauseRowId">Where its cause is an exception that another row describes, that row.</param>
sealed record TraceRowDetails(string Id, JsonElement Document, int SubsegmentCount, string? CauseRowId);

/// <summary>The rows that have a text somewhere.</summary>
sealed record TraceMatches(IReadOnlyList<string> RowIds);

/// <summary>Two traces laid over each other.</summary>
sealed record TraceComparisonWire(ComparedTrace Before, ComparedTrace After, IReadOnlyList<ComparedWorkWire> Works);

sealed record ComparedTrace(TraceId Id, EpochMicroseconds StartTime, Microseconds Duration, TimelineStatus Status, int RowCount)
{
    public static ComparedTrace Of(Trace trace, TraceTimeline timeline) => new(
        trace.Id, timeline.Start, new(timeline.DurationMicroseconds), TraceSummary.Of(trace)?.Status ?? TimelineStatus.InProgress, timeline.Rows.Count);
}

/// <param name="Before">Null where only the other trace has it.</param>
/// <param name="After">Null where only the other trace has it.</param>
sealed record ComparedWorkWire(int Depth, string Name, string? Origin, string? Namespace, ComparedSideWire? Before, ComparedSideWire? After)
{
    public static ComparedWorkWire Of(ComparedWork work) =>
        new(work.Depth, work.Name, work.Origin, work.Namespace, ComparedSideWire.Of(work.Before), ComparedSideWire.Of(work.After));
}

/// <param name="Duration">Of all rows at this place together.</param>
/// <param name="Status">The worst of them.</param>
sealed record ComparedSideWire(int Count, Microseconds FirstStartOffset, Microseconds Duration, TimelineStatus Status)
{
    public static ComparedSideWire? Of(ComparedSide? side) =>
        side is null ? null : new(side.Count, new(side.FirstStartOffsetMicroseconds), new(side.DurationMicroseconds), side.Status);
}

[JsonSerializable(typeof(TraceTimelineWire))]
[JsonSerializable(typeof(TraceRowDetails))]
[JsonSerializable(typeof(LinkingTraceList))]
[JsonSerializable(typeof(TraceMatches))]
[JsonSerializable(typeof(TraceComparisonWire))]
sealed partial class TracesJson : JsonSerializerContext;
