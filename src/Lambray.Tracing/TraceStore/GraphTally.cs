namespace Lambray.Tracing.TraceStore;

/// <summary>The figures of a part of the map over some time: whole numbers, so that what is added and taken away again leaves no trace.</summary>
public sealed class GraphTally
{
    public long StartMicroseconds { get; set; } = long.MaxValue;

    public long EndMicroseconds { get; set; } = long.MinValue;

    public long OkCount { get; set; }

    public long ErrorCount { get; set; }

    public long ThrottleCount { get; set; }

    public long FaultCount { get; set; }

    /// <summary>Of the calls that ended, summed.</summary>
    public long DurationMicroseconds { get; set; }

    /// <summary>How many requests entered by it.</summary>
    public long RootCount { get; set; }

    public long SentCount { get; set; }

    /// <summary>All that was counted, ended or not; nothing is left of a tally when it falls to 0.</summary>
    public long SeenCount { get; set; }

    public long TotalCount => OkCount + ErrorCount + ThrottleCount + FaultCount;

    /// <summary>Calls by their milliseconds, as <see cref="DurationStep"/> rounds them.</summary>
    public DurationCounts Durations { get; } = new();

    /// <param name="times">-1 takes away what was added before; the times of the tally then stay as they are.</param>
    public void Add(in GraphCount count, int times = 1)
    {
        SeenCount += times;
        if (count.Root) RootCount += times;
        if (count.Sent) SentCount += times;
        if (times > 0) Widen(count.StartMicroseconds, count.EndMicroseconds);
        if (count.Outcome == CallOutcome.Unknown) return;
        switch (count.Outcome)
        {
            case CallOutcome.Ok: OkCount += times; break;
            case CallOutcome.Error: ErrorCount += times; break;
            case CallOutcome.Throttle: ThrottleCount += times; break;
            default: FaultCount += times; break;
        }
        var duration = count.EndMicroseconds - count.StartMicroseconds;
        DurationMicroseconds += duration * times;
        Durations.Add(DurationStep.Of(duration), times);
    }

    public void Add(GraphTally other)
    {
        SeenCount += other.SeenCount;
        RootCount += other.RootCount;
        SentCount += other.SentCount;
        Widen(other.StartMicroseconds, other.EndMicroseconds);
        OkCount += other.OkCount;
        ErrorCount += other.ErrorCount;
        ThrottleCount += other.ThrottleCount;
        FaultCount += other.FaultCount;
        DurationMicroseconds += other.DurationMicroseconds;
        foreach (var (milliseconds, calls) in other.Durations) Durations.Add(milliseconds, calls);
    }

    void Widen(long start, long end)
    {
        StartMicroseconds = Math.Min(StartMicroseconds, start);
        EndMicroseconds = Math.Max(EndMicroseconds, end);
    }
}
