namespace Lambray.Resources.Metrics;

/// <summary>A time that is looked at in equal periods.</summary>
/// <param name="Start">The start of the first period, and of the time.</param>
/// <param name="End">Values from here on are left out.</param>
public readonly record struct MetricPeriods(DateTimeOffset Start, DateTimeOffset End, TimeSpan Length)
{
    // Nothing is kept more finely.
    static readonly TimeSpan Finest = TimeSpan.FromMinutes(1);

    /// <summary>With periods that begin at multiples of their length, the first no later than this start.</summary>
    public static MetricPeriods Aligned(DateTimeOffset start, DateTimeOffset end, TimeSpan length)
    {
        var steps = length < Finest ? Finest : length;
        return new MetricPeriods(start - TimeSpan.FromTicks((start - DateTimeOffset.UnixEpoch).Ticks % steps.Ticks), end, steps);
    }

    public DateTimeOffset StartOf(DateTimeOffset at) => Start + TimeSpan.FromTicks((at - Start).Ticks / Length.Ticks * Length.Ticks);
}
