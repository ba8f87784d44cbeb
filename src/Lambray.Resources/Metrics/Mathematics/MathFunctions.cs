namespace Lambray.Resources.Metrics.Mathematics;

/// <summary>A function of metric math.</summary>
delegate MathValue MathFunction(IMathScope scope, IReadOnlyList<MathValue> arguments);

/// <summary>The functions of metric math that are here.</summary>
static class MathFunctions
{
    static readonly Dictionary<string, MathFunction> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ABS"] = Pointwise(Math.Abs),
        ["CEIL"] = Pointwise(Math.Ceiling),
        ["FLOOR"] = Pointwise(Math.Floor),
        ["LOG"] = Pointwise(Math.Log),
        ["LOG10"] = Pointwise(Math.Log10),
        ["SUM"] = Aggregate(Enumerable.Sum),
        ["AVG"] = Aggregate(Enumerable.Average),
        ["MIN"] = Aggregate(Enumerable.Min),
        ["MAX"] = Aggregate(Enumerable.Max),
        ["STDDEV"] = Aggregate(StandardDeviation),
        ["METRICS"] = (scope, arguments) => arguments is [] ? scope.Matching("") : arguments is [MathValue.Several matching] ? matching : throw Wrong("METRICS"),
        ["METRIC_COUNT"] = (_, arguments) => new MathValue.Scalar(AllOf(arguments, "METRIC_COUNT").Count),
        ["PERIOD"] = (_, arguments) => new MathValue.Scalar(OneOf(arguments, "PERIOD").Period.TotalSeconds),
        ["FIRST"] = (_, arguments) => AllOf(arguments, "FIRST")[0],
        ["LAST"] = (_, arguments) => AllOf(arguments, "LAST")[^1],
        ["DIFF"] = Stepwise((former, next) => next.Value - former.Value),
        ["RATE"] = Stepwise((former, next) => (next.Value - former.Value) / (next.At - former.At).TotalSeconds),
        ["RUNNING_SUM"] = (_, arguments) => Map(arguments, "RUNNING_SUM", RunningSum),
        ["FILL"] = (_, arguments) => arguments is [var values, MathValue.Scalar filler] ? Map([values], "FILL", series => Fill(series, filler.Value)) : throw Wrong("FILL"),
        ["IF"] = If,
    };

    /// <summary>Null for a function that is not here.</summary>
    public static MathFunction? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Several series in a row.</summary>
    public static MathValue.Several Join(IEnumerable<MathValue> values) => new([.. values.SelectMany(value => value switch
    {
        MathValue.Several several => several.All,
        MathValue.Series series => [series],
        _ => throw new MathException("An array holds time series only"),
    })]);

    static MathFunction Pointwise(Func<double, double> change) => (_, arguments) => arguments is [MathValue.Scalar scalar]
        ? new MathValue.Scalar(change(scalar.Value))
        : Map(arguments, "This function", series => series.Map(change));

    // Of one series this is a number; of several it is a series again.
    static MathFunction Aggregate(Func<IEnumerable<double>, double> aggregate) => (_, arguments) => arguments switch
    {
        [MathValue.Series { Points.Count: > 0 } one] => new MathValue.Scalar(aggregate(one.Points.Select(point => point.Value))),
        [MathValue.Series empty] => empty,
        [MathValue.Several { All: [var first, ..] all }] => first.With(
            from series in all
            from point in series.Points
            group point.Value by point.At into values
            orderby values.Key
            select new SeriesPoint(values.Key, aggregate(values))),
        [MathValue.Several none] => none,
        _ => throw new MathException("This function takes one time series or one array of them"),
    };

    static MathFunction Stepwise(Func<SeriesPoint, SeriesPoint, double> compute) => (_, arguments) =>
        Map(arguments, "This function", series => series.With(series.Points.Zip(series.Points.Skip(1), (former, next) => next with { Value = compute(former, next) })));

    static MathValue.Series RunningSum(MathValue.Series series)
    {
        var sum = 0.0;
        return series.Map(value => sum += value);
    }

    // Between the first and the last point that there are: beyond, nobody knows whether anything was to come.
    static MathValue.Series Fill(MathValue.Series series, double filler)
    {
        if (series.Points is not [var first, .., var last]) return series;
        var known = series.Points.ToDictionary(point => point.At, point => point.Value);
        var filled = new List<SeriesPoint>();
        for (var at = first.At; at <= last.At; at += series.Period) filled.Add(new SeriesPoint(at, known.GetValueOrDefault(at, filler)));
        return series.With(filled);
    }

    static MathValue If(IMathScope scope, IReadOnlyList<MathValue> arguments)
    {
        if (arguments is [MathValue.Scalar { Value: var decided }, var then, ..]) return decided != 0 ? then : arguments.Count > 2 ? arguments[2] : new MathValue.Several([]);
        if (arguments is not [MathValue.Series condition, _, ..] || arguments.Count > 3) throw Wrong("IF");
        return condition.With(condition.Points.Select(point =>
        {
            var chosen = point.Value != 0 ? arguments[1] : arguments.Count == 3 ? arguments[2] : null;
            return point with { Value = ValueAt(chosen, point.At) };
        }));
    }

    // What is missing is no number, and is left out.
    static double ValueAt(MathValue? value, DateTimeOffset at) => value switch
    {
        MathValue.Scalar scalar => scalar.Value,
        MathValue.Series series => series.Points.Where(point => point.At == at).Select(point => point.Value).DefaultIfEmpty(double.NaN).First(),
        _ => double.NaN,
    };

    static double StandardDeviation(IEnumerable<double> values)
    {
        var all = values.ToArray();
        var average = all.Average();
        return Math.Sqrt(all.Average(value => (value - average) * (value - average)));
    }

    static MathValue Map(IReadOnlyList<MathValue> arguments, string function, Func<MathValue.Series, MathValue.Series> change) => arguments switch
    {
        [MathValue.Series one] => change(one),
        [MathValue.Several several] => new MathValue.Several([.. several.All.Select(change)]),
        _ => throw Wrong(function),
    };

    static MathValue.Series OneOf(IReadOnlyList<MathValue> arguments, string function) => arguments is [MathValue.Series one] ? one : throw Wrong(function);

    static IReadOnlyList<MathValue.Series> AllOf(IReadOnlyList<MathValue> arguments, string function) =>
        arguments is [MathValue.Several { All: [_, ..] all }] ? all : throw Wrong(function);

    static MathException Wrong(string function) => new($"{function} does not take these arguments");
}
