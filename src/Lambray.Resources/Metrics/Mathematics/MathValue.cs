namespace Lambray.Resources.Metrics.Mathematics;

/// <summary>What a part of an expression comes to: a number, a time series, or several.</summary>
public abstract record MathValue
{
    public sealed record Scalar(double Value) : MathValue;

    /// <param name="Points">In the order of time.</param>
    public sealed record Series(string Label, IReadOnlyList<SeriesPoint> Points, TimeSpan Period) : MathValue
    {
        public Series Map(Func<double, double> change) => With(Points.Select(point => point with { Value = change(point.Value) }));

        /// <summary>The same with other points; those that are no numbers (something was divided by zero) are left out.</summary>
        public Series With(IEnumerable<SeriesPoint> points) => this with { Points = [.. points.Where(point => double.IsFinite(point.Value))] };
    }

    public sealed record Several(IReadOnlyList<Series> All) : MathValue;
}

public readonly record struct SeriesPoint(DateTimeOffset At, double Value);
