using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>One segment or subsegment of a timeline.</summary>
/// <param name="ParentId">The row that this one is beneath; null at depth 0.</param>
/// <param name="DurationMicroseconds">Null while the work is in progress.</param>
public sealed record TimelineRow(
    SegmentId Id, SegmentId? ParentId, int Depth, TimelineRowKind Kind, string Name, string? Origin, string? Namespace, bool Inferred,
    long StartOffsetMicroseconds, long? DurationMicroseconds, TimelineStatus Status, int? HttpStatus, SegmentEntity Entity);

public enum TimelineRowKind
{
    Segment,
    Subsegment,
}

/// <summary>How the work went, one word for several flags: the worst counts.</summary>
public enum TimelineStatus
{
    Ok,
    Error,
    Throttle,
    Fault,
    InProgress,
}
