namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>What the keywords of filter expressions mean for a segment or a call.</summary>
static class SegmentOutcomes
{
    const SegmentOutcome Bad = SegmentOutcome.Error | SegmentOutcome.Throttle | SegmentOutcome.Fault;

    public static bool Is(this SegmentOutcome outcome, FilterKeyword keyword) => keyword switch
    {
        FilterKeyword.Ok => (outcome & Bad) == 0,
        FilterKeyword.Error => outcome.HasFlag(SegmentOutcome.Error),
        FilterKeyword.Throttle => outcome.HasFlag(SegmentOutcome.Throttle),
        FilterKeyword.Fault => outcome.HasFlag(SegmentOutcome.Fault),
        FilterKeyword.Partial => outcome.HasFlag(SegmentOutcome.InProgress),
        FilterKeyword.Inferred => outcome.HasFlag(SegmentOutcome.Inferred),
        FilterKeyword.Root => outcome.HasFlag(SegmentOutcome.Root),
        _ => false,
    };
}
