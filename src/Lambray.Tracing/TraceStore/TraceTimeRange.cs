namespace Lambray.Tracing.TraceStore;

/// <summary>Which time of a trace a range is about (<c>TimeRangeType</c> of GetTraceSummaries).</summary>
public enum TraceTimeRangeType
{
    /// <summary>When the trace began. Ids converted from W3C carry no time, so the earliest start of its documents is what counts.</summary>
    TraceId,

    /// <summary>Traces that were being written to during the range.</summary>
    Event,

    /// <summary>When the last segment ended.</summary>
    Service,
}

/// <summary>A half-open range of time: the start belongs to it, the end does not.</summary>
public sealed record TraceTimeRange(DateTimeOffset Start, DateTimeOffset End, TraceTimeRangeType Type = TraceTimeRangeType.TraceId);
