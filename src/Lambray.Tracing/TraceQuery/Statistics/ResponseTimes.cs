namespace Lambray.Tracing.TraceQuery.Statistics;

/// <summary>How long the callers of some traces waited: a histogram, percentiles, and a point for each of a sample.</summary>
/// <param name="Bins">Side by side from the shortest time to the longest, empty ones included.</param>
/// <param name="Percentiles">Null when no trace has ended.</param>
/// <param name="Points">By time; a sample that always has what failed and what was slowest.</param>
public sealed record ResponseTimes(IReadOnlyList<ResponseTimeBin> Bins, ResponseTimePercentiles? Percentiles, IReadOnlyList<ResponseTimePoint> Points)
{
    const int PointsMax = 1_000;

    // Ten steps to each power of ten, as preferred numbers have them (ISO 3, R10): each bin is a quarter wider than the one before, so that
    // the quick and the slow can be told apart in one picture, and its limits are short enough for a filter expression.
    static readonly long[] Steps = [100, 125, 160, 200, 250, 315, 400, 500, 630, 800];

    public static ResponseTimes Of(IReadOnlyList<TraceSummary> traces)
    {
        // Work in progress has no response time yet.
        var ended = traces.Where(trace => !trace.IsPartial).Select(trace => (Trace: trace, Microseconds: Microseconds(trace.ResponseTime))).ToList();
        if (ended.Count == 0) return new ResponseTimes([], null, []);
        var times = ended.Select(one => one.Microseconds).Order().ToList();
        return new ResponseTimes(BinsOf(ended), ResponseTimePercentiles.Of(times), Sample(ended, slow: times[times.Count - 1 - times.Count / 100]));
    }

    static List<ResponseTimeBin> BinsOf(List<(TraceSummary Trace, long Microseconds)> ended)
    {
        var counts = new SortedDictionary<int, OutcomeCounts>();
        foreach (var (trace, microseconds) in ended)
        {
            var bin = BinOf(microseconds);
            counts[bin] = counts.GetValueOrDefault(bin, OutcomeCounts.None).With(trace.Status);
        }
        var (first, last) = (counts.Keys.First(), counts.Keys.Last());
        return [.. Enumerable.Range(first, last - first + 1).Select(bin => new ResponseTimeBin(LimitOf(bin), LimitOf(bin + 1), counts.GetValueOrDefault(bin, OutcomeCounts.None)))];
    }

    // Bin 0 is what took less than 100 µs; bin 1 begins there.
    static int BinOf(long microseconds)
    {
        var bin = 0;
        while (LimitOf(bin + 1) <= microseconds) bin++;
        return bin;
    }

    static long LimitOf(int bin)
    {
        if (bin == 0) return 0;
        var (power, step) = Math.DivRem(bin - 1, Steps.Length);
        return Steps[step] * (long)Math.Pow(10, power);
    }

    static List<ResponseTimePoint> Sample(List<(TraceSummary Trace, long Microseconds)> ended, long slow)
    {
        // What fails or is slow is what somebody looks for; of the rest every n-th is enough to see where most are.
        var stride = (int)Math.Ceiling(ended.Count / (double)PointsMax);
        return
        [
            .. ended
                .Where((one, index) => index % stride == 0 || one.Trace.Status != TimelineStatus.Ok || one.Microseconds > slow)
                .Take(2 * PointsMax)
                .Select(one => new ResponseTimePoint(one.Trace.Id, one.Trace.StartTime, one.Microseconds, one.Trace.Status))
                .OrderBy(point => point.StartTime),
        ];
    }

    static long Microseconds(double seconds) => (long)Math.Round(seconds * 1e6);
}

/// <param name="FromMicroseconds">Part of the bin.</param>
/// <param name="ToMicroseconds">No part of it.</param>
public sealed record ResponseTimeBin(long FromMicroseconds, long ToMicroseconds, OutcomeCounts Counts);

/// <param name="P50">Microseconds: half of the traces took no longer. The others likewise.</param>
public sealed record ResponseTimePercentiles(long P50, long P90, long P95, long P99)
{
    /// <param name="times">In order.</param>
    public static ResponseTimePercentiles Of(List<long> times)
    {
        return new(At(0.5), At(0.9), At(0.95), At(0.99));

        // The least time that so many took at most (nearest rank): a time that was measured, not one between two.
        long At(double share) => times[Math.Max((int)Math.Ceiling(share * times.Count) - 1, 0)];
    }
}

public sealed record ResponseTimePoint(Segments.TraceId Id, Segments.SegmentTime StartTime, long ResponseMicroseconds, TimelineStatus Status);
