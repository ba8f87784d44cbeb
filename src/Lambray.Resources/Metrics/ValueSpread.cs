namespace Lambray.Resources.Metrics;

/// <summary>Values as ranges in rising order, within which they are taken to lie evenly.</summary>
sealed class ValueSpread(IReadOnlyList<ValueRange> ranges)
{
    public double Count { get; } = ranges.Sum(range => range.Count);

    public double Sum => ranges.Sum(range => range.Count * (range.From + range.To) / 2);

    public double Average => Sum / Count;

    public static ValueSpread Of(Distribution values) => new([.. values.Ranges()]);

    /// <summary>The value that this fraction of all values lies beneath.</summary>
    public double At(double fraction)
    {
        var rank = fraction * Count;
        foreach (var range in ranges)
        {
            if (rank <= range.Count) return range.From + ((range.To - range.From) * rank / range.Count);
            rank -= range.Count;
        }
        return ranges[^1].To;
    }

    /// <summary>The fraction of all values that lies beneath this one.</summary>
    public double RankOf(double value) => Between(double.NegativeInfinity, value).Count / Count;

    public ValueSpread Between(double from, double to) => new([.. ranges.Select(range => Cut(range, from, to)).Where(range => range.Count > 0)]);

    /// <summary>What is left without the smallest and the largest.</summary>
    public ValueSpread Trim(double fromFraction, double toFraction)
    {
        var (skip, take) = (fromFraction * Count, (toFraction - fromFraction) * Count);
        var left = new List<ValueRange>();
        foreach (var range in ranges)
        {
            var (first, last) = (Math.Clamp(skip, 0, range.Count), Math.Clamp(skip + take, 0, range.Count));
            if (last > first) left.Add(new ValueRange(Within(range, first / range.Count), Within(range, last / range.Count), last - first));
            skip -= range.Count;
        }
        return new ValueSpread(left);
    }

    static ValueRange Cut(ValueRange range, double from, double to)
    {
        if (range.From >= from && range.To <= to) return range;
        if (range.To <= from || range.From >= to) return range with { Count = 0 };
        var (first, last) = (Math.Max(range.From, from), Math.Min(range.To, to));
        return new ValueRange(first, last, range.Count * (last - first) / (range.To - range.From));
    }

    static double Within(ValueRange range, double fraction) => range.From + ((range.To - range.From) * fraction);
}
