namespace Lambray.Tracing.Segments;

/// <summary>A moment as segment documents write it: seconds since 1970 with a fraction, precise to about a quarter of a microsecond.</summary>
public readonly record struct SegmentTime(double EpochSeconds) : IComparable<SegmentTime>
{
    public static SegmentTime From(DateTimeOffset time) => new((time - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond);

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(EpochSeconds);

    public long EpochMicroseconds => (long)Math.Round(EpochSeconds * 1e6);

    /// <summary>Seconds, to the microsecond: what is finer is the noise of two large numbers, not time.</summary>
    public static double operator -(SegmentTime later, SegmentTime earlier) => Math.Round(later.EpochSeconds - earlier.EpochSeconds, 6);

    public static bool operator <(SegmentTime left, SegmentTime right) => left.EpochSeconds < right.EpochSeconds;

    public static bool operator >(SegmentTime left, SegmentTime right) => left.EpochSeconds > right.EpochSeconds;

    public int CompareTo(SegmentTime other) => EpochSeconds.CompareTo(other.EpochSeconds);
}
