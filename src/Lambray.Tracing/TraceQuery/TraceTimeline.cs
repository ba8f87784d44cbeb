using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>A trace as rows to draw: the waterfall of the console and of the terminal.</summary>
/// <remarks>Depth first: each row stands beneath what it belongs to, siblings by start time. Subsegments whose parent has not come stand at the outside, behind the segments.</remarks>
public sealed record TraceTimeline(TraceId TraceId, SegmentTime Start, long DurationMicroseconds, IReadOnlyList<TimelineRow> Rows)
{
    // AWS writes the times of the Lambda service to the millisecond, those of its callers finer.
    const long ClockToleranceMicroseconds = 1_000;

    public static TraceTimeline Of(Trace trace)
    {
        var orphaned = trace.Orphans.SelectMany(orphan => orphan.Descendants().Prepend<SegmentEntity>(orphan)).DistinctBy(entity => entity.Id).ToDictionary(entity => entity.Id);
        var (start, end) = Span(trace, orphaned);
        var rows = new List<TimelineRow>();
        var seen = new HashSet<SegmentId>();
        var roots = trace.AllSegments.Where(segment => trace.IsRoot(segment) && !(segment.ParentId is { } parent && orphaned.ContainsKey(parent)));
        // Roots first; then whatever a ring of broken parent ids keeps from every root.
        foreach (var top in roots.Concat<SegmentEntity>(trace.Orphans.OrderBy(orphan => orphan.StartTime)).Concat(trace.AllSegments))
            if (!seen.Contains(top.Id)) AddTree(trace, start, top, rows, seen);
        return new TraceTimeline(trace.Id, start, Microseconds(end - start), rows);
    }

    /// <summary>The worst of what the flags say.</summary>
    public static TimelineStatus StatusOf(bool fault, bool throttle, bool error, bool inProgress) =>
        fault ? TimelineStatus.Fault
        : throttle ? TimelineStatus.Throttle
        : error ? TimelineStatus.Error
        : inProgress ? TimelineStatus.InProgress
        : TimelineStatus.Ok;

    // What has no place in the trace yet was at work all the same.
    static (SegmentTime Start, SegmentTime End) Span(Trace trace, Dictionary<SegmentId, SegmentEntity> orphaned)
    {
        if (orphaned.Count == 0) return (trace.Start, trace.End);
        var (first, last) = (orphaned.Values.Min(entity => entity.StartTime), orphaned.Values.Max(entity => entity.EndTime ?? entity.StartTime));
        if (trace.AllSegments.Count == 0) return (first, last);
        return (trace.Start < first ? trace.Start : first, trace.End > last ? trace.End : last);
    }

    // Depth first without recursion: a chain of calls may be as long as it likes.
    static void AddTree(Trace trace, SegmentTime start, SegmentEntity top, List<TimelineRow> rows, HashSet<SegmentId> seen)
    {
        var rest = new Stack<(SegmentEntity Entity, SegmentEntity? Parent, int Depth)>();
        rest.Push((top, null, 0));
        while (rest.TryPop(out var next))
        {
            if (!seen.Add(next.Entity.Id)) continue;
            rows.Add(Row(start, next.Entity, next.Parent, next.Depth));
            foreach (var child in Children(trace, next.Entity).Reverse()) rest.Push((child, next.Entity, next.Depth + 1));
        }
    }

    static SegmentEntity[] Children(Trace trace, SegmentEntity entity) =>
        [.. entity.Subsegments.Concat<SegmentEntity>(trace.CalledBy(entity.Id)).OrderBy(child => child.StartTime)];

    static TimelineRow Row(SegmentTime start, SegmentEntity entity, SegmentEntity? parent, int depth) => new(
        entity.Id, parent?.Id, depth,
        entity is Segment ? TimelineRowKind.Segment : TimelineRowKind.Subsegment,
        entity.Name, (entity as Segment)?.Origin, (entity as Subsegment)?.Namespace, entity is Segment { Inferred: true },
        Microseconds(entity.StartTime - start), entity.InProgress ? null : Microseconds(entity.Duration),
        StatusOf(entity.Fault, entity.Throttle, entity.Error, entity.InProgress), entity.Http?.Response?.Status,
        PartOf(entity, parent), BeforeCaller(entity, parent), entity);

    static LambdaPart? PartOf(SegmentEntity entity, SegmentEntity? parent) => (entity, parent) switch
    {
        (Subsegment { Name: "Dwell Time" }, Segment { Origin: "AWS::Lambda" }) => LambdaPart.DwellTime,
        (Subsegment, Segment { Origin: "AWS::Lambda" }) when entity.Name.StartsWith("Attempt #", StringComparison.Ordinal) => LambdaPart.Attempt,
        (Subsegment { Name: "Initialization" or "Init" or "Restore" }, Segment { Origin: "AWS::Lambda" or "AWS::Lambda::Function" }) => LambdaPart.Initialization,
        (Subsegment { Name: "Invocation" }, Segment { Origin: "AWS::Lambda::Function" }) => LambdaPart.Invocation,
        (Subsegment { Name: "Overhead" }, Segment { Origin: "AWS::Lambda::Function" }) => LambdaPart.Overhead,
        _ => null,
    };

    // Subsegments have their segment's clock: an Initialization does lie before it.
    static long? BeforeCaller(SegmentEntity entity, SegmentEntity? parent) =>
        entity is Segment && parent is not null && Microseconds(parent.StartTime - entity.StartTime) is > ClockToleranceMicroseconds and var before ? before : null;

    static long Microseconds(double seconds) => (long)Math.Round(seconds * 1e6);
}
