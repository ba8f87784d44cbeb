namespace Lambray.Resources.Metrics.Mathematics;

/// <summary>Operators between numbers and time series, point by point.</summary>
static class MathOperators
{
    public static Func<double, double, double> Binary(string sign) => sign switch
    {
        "+" => (a, b) => a + b,
        "-" => (a, b) => a - b,
        "*" => (a, b) => a * b,
        "/" => (a, b) => a / b,
        "==" => (a, b) => Truth(a.Equals(b)),
        "!=" => (a, b) => Truth(!a.Equals(b)),
        "<" => (a, b) => Truth(a < b),
        ">" => (a, b) => Truth(a > b),
        "<=" => (a, b) => Truth(a <= b),
        ">=" => (a, b) => Truth(a >= b),
        "&&" or "AND" => (a, b) => Truth(a != 0 && b != 0),
        _ => (a, b) => Truth(a != 0 || b != 0),
    };

    /// <remarks>Of two series only the times count that both have.</remarks>
    public static MathValue Combine(MathValue left, MathValue right, Func<double, double, double> compute) => (left, right) switch
    {
        (MathValue.Scalar a, MathValue.Scalar b) => new MathValue.Scalar(compute(a.Value, b.Value)),
        (MathValue.Series a, MathValue.Scalar b) => a.Map(value => compute(value, b.Value)),
        (MathValue.Scalar a, MathValue.Series b) => b.Map(value => compute(a.Value, value)),
        (MathValue.Series a, MathValue.Series b) => a.With(
            from one in a.Points
            join other in b.Points on one.At equals other.At
            select new SeriesPoint(one.At, compute(one.Value, other.Value))),
        (MathValue.Several, MathValue.Several) => throw new MathException("Two arrays of time series cannot be combined"),
        (MathValue.Several a, _) => new MathValue.Several([.. a.All.Select(one => (MathValue.Series)Combine(one, right, compute))]),
        (_, MathValue.Several b) => new MathValue.Several([.. b.All.Select(one => (MathValue.Series)Combine(left, one, compute))]),
        _ => throw new InvalidOperationException($"{left} and {right} cannot be combined."),
    };

    static double Truth(bool holds) => holds ? 1 : 0;
}
