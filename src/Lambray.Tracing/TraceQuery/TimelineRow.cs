using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>One segment or subsegment of a timeline.</summary>
/// <param name="ParentId">The row that this one is beneath; null at depth 0, where a subsegment stands whose parent has not come.</param>
/// <param name="DurationMicroseconds">Null while the work is in progress.</param>
/// <param name="LambdaPart">Which part of Lambda's own work it is, if any.</param>
/// <param name="BeforeCallerMicroseconds">By how much a segment seems to begin before the call that caused it: the clocks of the two disagree. Else null.</param>
public sealed record TimelineRow(
    SegmentId Id, SegmentId? ParentId, int Depth, TimelineRowKind Kind, string Name, string? Origin, string? Namespace, bool Inferred,
    long StartOffsetMicroseconds, long? DurationMicroseconds, TimelineStatus Status, int? HttpStatus, LambdaPart? LambdaPart,
    long? BeforeCallerMicroseconds, SegmentEntity Entity);

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

/// <summary>The parts of an invocation that Lambda measures itself ("AWS Lambda and AWS X-Ray" in the X-Ray Developer Guide).</summary>
public enum LambdaPart
{
    /// <summary>An asynchronous event waits for its first attempt.</summary>
    DwellTime,

    /// <summary>One of an asynchronous event's.</summary>
    Attempt,

    /// <summary>The init phase of a cold start, or the restoring of a snapshot in its place.</summary>
    Initialization,

    /// <summary>What AWS wrote around the handler until 2024, and does in some regions.</summary>
    Invocation,

    /// <summary>From the answer until the runtime and its extensions are done.</summary>
    Overhead,
}
