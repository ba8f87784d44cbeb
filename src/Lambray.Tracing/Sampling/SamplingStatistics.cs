namespace Lambray.Tracing.Sampling;

/// <summary>What all clients together sampled by a rule in ten seconds.</summary>
public sealed record SamplingStatisticSummary(string RuleName, DateTimeOffset Timestamp, int RequestCount, int BorrowCount, int SampledCount);

/// <summary>The reports of clients, added up by rule in windows of ten seconds, for an hour.</summary>
sealed class SamplingStatistics
{
    /// <summary>What is older is no more recent result, and is not taken either.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    static readonly long WindowTicks = TimeSpan.FromSeconds(10).Ticks;

    // 25 rules and the Default rule fill 9,360 in an hour; rules that are created and deleted all the time could make more.
    const int WindowsMax = 20_000;

    readonly SortedDictionary<(DateTimeOffset Window, string Rule), SamplingStatisticSummary> windows =
        new(Comparer<(DateTimeOffset Window, string Rule)>.Create((one, other) =>
            one.Window != other.Window ? one.Window.CompareTo(other.Window) : string.CompareOrdinal(one.Rule, other.Rule)));

    public void Add(SamplingReport report, DateTimeOffset now)
    {
        // A client whose clock is ahead, or that counts in milliseconds, tells of this moment.
        var reported = report.Timestamp > now ? now : report.Timestamp;
        var window = new DateTimeOffset(reported.UtcTicks - (reported.UtcTicks % WindowTicks), TimeSpan.Zero);
        var sum = windows.GetValueOrDefault((window, report.RuleName)) ?? new SamplingStatisticSummary(report.RuleName, window, 0, 0, 0);
        windows[(window, report.RuleName)] = sum with
        {
            RequestCount = Sum(sum.RequestCount, report.RequestCount),
            BorrowCount = Sum(sum.BorrowCount, report.BorrowCount),
            SampledCount = Sum(sum.SampledCount, report.SampledCount),
        };
        while (windows.Count > 0 && (windows.Count > WindowsMax || now - windows.Keys.First().Window > Kept)) windows.Remove(windows.Keys.First());
    }

    /// <summary>At most so many behind a place, oldest first.</summary>
    public IReadOnlyList<SamplingStatisticSummary> Page((DateTimeOffset Window, string Rule)? after, int countMax, DateTimeOffset now) =>
        [.. windows.Where(entry => now - entry.Key.Window <= Kept && (after is not { } place || windows.Comparer.Compare(entry.Key, place) > 0))
            .Take(countMax).Select(entry => entry.Value)];

    static int Sum(int one, int other) => (int)Math.Min(int.MaxValue, (long)one + other);
}
