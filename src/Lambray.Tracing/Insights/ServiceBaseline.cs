namespace Lambray.Tracing.Insights;

/// <summary>What is usual for one service: its last three hours by the minute, without those that were unusual.</summary>
sealed class ServiceBaseline
{
    const int MinutesMax = 180;

    // What has gone on for an hour is the new usual: otherwise a lasting change would be an anomaly for ever.
    const int UnusualMinutesMax = 60;

    readonly Queue<(FaultCount Count, bool IsUnusual)> minutes = new(MinutesMax);

    /// <summary>For how many minutes up to now the faults have been more than expected.</summary>
    public int Streak { get; private set; }

    /// <summary>By how many the faults of the last minute were more than expected.</summary>
    public long Excess { get; private set; }

    /// <summary>Nothing has been heard of the service for as long as this looks back.</summary>
    public bool IsForgotten => minutes.Count == MinutesMax && minutes.All(minute => minute.Count.Total == 0);

    public void Observe(FaultCount count)
    {
        var band = FaultForecast.Of(Usual(), count.Total);
        Excess = band is { } expected ? Math.Max(0, count.Faults - expected.High) : 0;
        Streak = Excess > 0 ? Streak + 1 : 0;
        if (minutes.Count == MinutesMax) minutes.Dequeue();
        minutes.Enqueue((count, Excess > 0));
    }

    IEnumerable<FaultCount> Usual()
    {
        var recent = minutes.Count - UnusualMinutesMax;
        return minutes.Where((minute, index) => !minute.IsUnusual || index < recent).Select(minute => minute.Count);
    }
}
