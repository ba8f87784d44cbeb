namespace Lambray.Tracing.Insights;

/// <summary>Requests in a stretch of time, and how many of them failed by the server's fault.</summary>
public readonly record struct FaultCount(long Total, long Faults);

/// <summary>How many faults are to be expected: no more than <paramref name="High"/>, no fewer than <paramref name="Low"/>.</summary>
public readonly record struct FaultBand(long Low, long High);

/// <summary>Says from the past how many faults a number of requests should have.</summary>
/// <remarks>
/// Faults of a healthy service are taken for independent ones at the past's rate, and where the past was more restless than that, by as much more.
/// The band is so wide that chance leaves it upwards about once in two thousand stretches.
/// </remarks>
public static class FaultForecast
{
    // Fewer say too little of what is usual.
    const int StretchesMin = 15;

    // Of the normal distribution: above lies 1 in 2,000.
    const double Width = 3.3;

    // The median of the square of a normally distributed number.
    const double MedianSquare = 0.455;

    /// <param name="past">Stretches as long as the one that is forecast, in any order.</param>
    /// <param name="total">The requests in the stretch that is forecast.</param>
    /// <returns>Null as long as the past says too little.</returns>
    public static FaultBand? Of(IEnumerable<FaultCount> past, long total)
    {
        var known = past.Where(stretch => stretch.Total > 0).ToList();
        if (known.Count < StretchesMin) return null;
        // One more fault than was seen: a service that never failed may fail all the same.
        var rate = (known.Sum(stretch => stretch.Faults) + 1.0) / (known.Sum(stretch => stretch.Total) + 1.0);
        var expected = total * Math.Min(1, rate);
        var spread = Width * Math.Sqrt(Restlessness(known, rate) * expected * (1 - Math.Min(1, rate)));
        // Rare faults lean to the high side (Cornish-Fisher).
        var lean = ((Width * Width) - 1) / 6;
        return new FaultBand((long)Math.Max(0, Math.Floor(expected - spread)), (long)Math.Min(total, Math.Ceiling(expected + spread + lean)));
    }

    // By the median, so that a few bad stretches do not make all that comes look usual.
    static double Restlessness(List<FaultCount> known, double rate)
    {
        if (rate >= 1) return 1;
        var squares = known.Select(stretch => Math.Pow(stretch.Faults - (stretch.Total * rate), 2) / (stretch.Total * rate * (1 - rate))).Order().ToList();
        return Math.Max(1, squares[squares.Count / 2] / MedianSquare);
    }
}
