using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>One bar of a histogram: calls that took from so long to less than so long.</summary>
/// <param name="From">Milliseconds.</param>
/// <param name="To">Milliseconds, not part of it.</param>
public readonly record struct DurationBin(int From, int To, long Calls);

/// <summary>Puts durations into so few bars that they can be drawn and brushed.</summary>
public static class DurationBins
{
    const int BinsMax = 40;

    // Where the slowest takes so much longer than the quickest, bars of one width would put nearly all calls into the first.
    const int WideSpread = 100;

    public static IReadOnlyList<DurationBin> Of(DurationCounts durations)
    {
        if (durations.Count == 0) return [];
        var (first, last) = (durations.First().Milliseconds, durations.Last().Milliseconds);
        var edges = last > Math.Max(1, first) * WideSpread ? Growing(first, last) : Even(first, last);
        var counts = new long[edges.Count - 1];
        var bin = 0;
        foreach (var (milliseconds, calls) in durations)
        {
            while (milliseconds >= edges[bin + 1]) bin++;
            counts[bin] += calls;
        }
        return [.. counts.Select((calls, index) => new DurationBin(edges[index], edges[index + 1], calls))];
    }

    static List<int> Even(int first, int last)
    {
        var width = RoundedUp((last - first + 1) / (double)BinsMax);
        var edges = new List<int> { first / width * width };
        while (edges[^1] <= last) edges.Add(edges[^1] + width);
        return edges;
    }

    static List<int> Growing(int first, int last)
    {
        var growth = Math.Pow((last + 1.0) / Math.Max(1, first), 1.0 / (BinsMax - 1));
        var edges = new List<int> { first };
        for (double edge = Math.Max(1, first); edges[^1] <= last; edge *= growth)
            if ((int)Math.Round(edge) is var rounded && rounded > edges[^1]) edges.Add(rounded);
        return edges;
    }

    // Steps of 1, 2 or 5, as scales have them.
    static int RoundedUp(double width)
    {
        var power = 1;
        while (power * 10 <= width) power *= 10;
        foreach (var factor in (int[])[1, 2, 5])
            if (factor * power >= width) return factor * power;
        return 10 * power;
    }
}
