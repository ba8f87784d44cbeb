namespace Lambray.Bench.Figures;

static class Statistics
{
    public static double Median(this IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        var middle = ordered.Length / 2;
        return ordered.Length % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }

    /// <param name="ordered">In ascending order.</param>
    /// <param name="share">0.5 for the median.</param>
    public static TimeSpan Percentile(this IReadOnlyList<TimeSpan> ordered, double share) => ordered[(int)Math.Ceiling(share * ordered.Count) - 1];

    public static TimeSpan Median(this IEnumerable<TimeSpan> values) => TimeSpan.FromTicks((long)values.Select(value => (double)value.Ticks).Median());
}
