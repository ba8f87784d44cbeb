using System.Globalization;
using System.Text.RegularExpressions;

namespace Lambray.Resources.Metrics;

/// <summary>A way to make one number of many values ("CloudWatch statistics definitions" in the User Guide).</summary>
public sealed partial class Statistic
{
    readonly Func<Distribution, double?> compute;

    Statistic(string name, Func<Distribution, double?> compute) => (Name, this.compute) = (name, compute);

    /// <summary>As it was asked for.</summary>
    public string Name { get; }

    /// <summary>Null for what is none.</summary>
    public static Statistic? Parse(string text) => text switch
    {
        "SampleCount" => new(text, values => values.Count),
        "Sum" => new(text, values => values.Sum),
        "Average" => new(text, values => values.Average),
        "Minimum" => new(text, values => values.Min),
        "Maximum" => new(text, values => values.Max),
        "IQM" => Spread(text, spread => spread.Trim(0.25, 0.75).Average),
        _ => ParsePercentile(text) ?? ParseTrimmed(text) ?? ParseRange(text),
    };

    /// <summary>Null where the values do not tell: how they spread, when only their sum and extremes are known.</summary>
    public double? Of(Distribution values) => values.Count > 0 ? compute(values) : null;

    static Statistic? ParsePercentile(string text) =>
        Percentile().Match(text) is { Success: true } match && Fraction(match.Groups["to"].Value) is { } fraction
            ? new(text, values => values.HasSpread ? ValueSpread.Of(values).At(fraction) : null)
            : null;

    // "tm99" are the values up to that percentile.
    static Statistic? ParseTrimmed(string text) =>
        Trimmed().Match(text) is { Success: true } match && Fraction(match.Groups["to"].Value) is { } fraction
            ? OfPart(text, match.Groups["kind"].Value, spread => (0, fraction), spread => (double.NegativeInfinity, spread.At(fraction)))
            : null;

    static Statistic? ParseRange(string text)
    {
        if (Range().Match(text) is not { Success: true } match) return null;
        var kind = match.Groups["kind"].Value;
        var (from, to) = (match.Groups["from"].Value, match.Groups["to"].Value);
        if (!match.Groups["percent"].Success)
        {
            var (least, most) = (Number(from) ?? double.NegativeInfinity, Number(to) ?? double.PositiveInfinity);
            if (least > most) return null;
            return kind is "PR"
                ? Spread(text, spread => spread.Between(least, most).Count / spread.Count * 100)
                : OfPart(text, kind, spread => (spread.RankOf(least), spread.RankOf(most)), _ => (least, most));
        }
        if (kind is "PR" || Fraction(from.Length == 0 ? "0" : from) is not { } first || Fraction(to.Length == 0 ? "100" : to) is not { } last || first > last) return null;
        return OfPart(text, kind, _ => (first, last), spread => (spread.At(first), spread.At(last)));
    }

    /// <param name="ranks">The part of the values that is looked at, as fractions of their number.</param>
    /// <param name="bounds">The same as values.</param>
    static Statistic? OfPart(string name, string kind, Func<ValueSpread, (double From, double To)> ranks, Func<ValueSpread, (double From, double To)> bounds) =>
        kind.ToUpperInvariant() switch
        {
            "TM" => Spread(name, spread => Part(spread, ranks).Average),
            "TC" => Spread(name, spread => Part(spread, ranks).Count),
            "TS" => Spread(name, spread => Part(spread, ranks).Sum),
            "WM" => Spread(name, spread => Winsorize(spread, ranks(spread), bounds(spread)) / spread.Count),
            _ => null,
        };

    static ValueSpread Part(ValueSpread spread, Func<ValueSpread, (double From, double To)> ranks)
    {
        var (from, to) = ranks(spread);
        return spread.Trim(from, to);
    }

    // The sum, with values outside counted as the bound that they are beyond.
    static double Winsorize(ValueSpread spread, (double From, double To) ranks, (double Least, double Most) bounds)
    {
        var (below, above) = (ranks.From * spread.Count, (1 - ranks.To) * spread.Count);
        return spread.Trim(ranks.From, ranks.To).Sum + (below > 0 ? below * bounds.Least : 0) + (above > 0 ? above * bounds.Most : 0);
    }

    static Statistic Spread(string name, Func<ValueSpread, double> compute) =>
        new(name, values => values.HasSpread && compute(ValueSpread.Of(values)) is var computed && double.IsFinite(computed) ? computed : null);

    static double? Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    static double? Fraction(string text) => Number(text) is >= 0 and <= 100 and var percent ? percent / 100 : null;

    [GeneratedRegex(@"^p(?<to>\d{1,3}(\.\d{1,10})?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Percentile();

    [GeneratedRegex(@"^(?<kind>tm|tc|ts|wm)(?<to>\d{1,2}(\.\d{1,10})?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Trimmed();

    [GeneratedRegex(
        @"^(?<kind>TM|TC|TS|WM|PR)\((?<from>\d+(\.\d{1,10})?)?(?<percent>%)?:((?<to>\d+(\.\d{1,10})?)(?<percent>%)?)?\)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Range();
}
