namespace Lambray.Tracing.TraceQuery.Statistics;

/// <summary>How many traces went how; each counts once, by the worst of it.</summary>
public sealed record OutcomeCounts(int Ok, int Error, int Throttle, int Fault, int InProgress)
{
    public static readonly OutcomeCounts None = new(0, 0, 0, 0, 0);

    public int Total => Ok + Error + Throttle + Fault + InProgress;

    public static OutcomeCounts Of(IEnumerable<TraceSummary> traces) => traces.Aggregate(None, (counts, trace) => counts.With(trace.Status));

    public OutcomeCounts With(TimelineStatus status) => status switch
    {
        TimelineStatus.Fault => this with { Fault = Fault + 1 },
        TimelineStatus.Throttle => this with { Throttle = Throttle + 1 },
        TimelineStatus.Error => this with { Error = Error + 1 },
        TimelineStatus.InProgress => this with { InProgress = InProgress + 1 },
        _ => this with { Ok = Ok + 1 },
    };
}
