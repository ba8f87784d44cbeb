using Lambray.Resources.Metrics;
using Lambray.Resources.Metrics.Mathematics;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>The queries of one GetMetricData: each metric read once, each expression computed when it is asked for.</summary>
sealed class DataComputation(IReadOnlyList<DataQueryWire> queries, DateTimeOffset start, DateTimeOffset end, MetricStore metrics) : IMathScope
{
    readonly Dictionary<string, MathValue> known = [];
    readonly HashSet<string> computing = [];

    /// <exception cref="Aws.AwsException">ValidationError: a query is not in order, or an expression cannot be computed.</exception>
    public async Task<IEnumerable<DataResult>> RunAsync()
    {
        foreach (var query in queries)
            if (query.MetricStat is { } stat) known[query.Id!] = await ReadAsync(query, stat);
        return [.. queries.Where(query => query.ReturnData != false).SelectMany(Results)];
    }

    MathValue? IMathScope.Find(string id)
    {
        if (known.TryGetValue(id, out var value)) return value;
        if (queries.FirstOrDefault(query => query.Id == id) is not { Expression: { } expression }) return null;
        if (!computing.Add(id)) throw new MathException($"'{id}' refers to itself");
        return known[id] = MathExpression.Parse(expression).Compute(this);
    }

    MathValue.Several IMathScope.Matching(string idPart) => new([..
        from query in queries
        where query.MetricStat is not null && query.Id!.Contains(idPart, StringComparison.Ordinal)
        select (MathValue.Series)known[query.Id!]]);

    async Task<MathValue.Series> ReadAsync(DataQueryWire query, MetricStatWire stat)
    {
        CloudWatchWire.Required(stat.Metric, "MetricStat.Metric");
        CloudWatchWire.Required(stat.Period, "MetricStat.Period");
        CloudWatchWire.Required(stat.Stat, "MetricStat.Stat");
        var id = CloudWatchWire.Id(stat.Metric!.Namespace, stat.Metric.MetricName, stat.Metric.Dimensions);
        var statistic = Statistic.Parse(stat.Stat!) ?? throw DataOperation.Invalid($"The value {stat.Stat} for parameter MetricDataQueries.member.MetricStat.Stat is not a valid statistic.");
        var period = MetricPeriod.Check(stat.Period!.Value);
        var points =
            from point in await metrics.ReadAsync(id, MetricPeriods.Aligned(start, end, period), stat.Unit)
            let value = statistic.Of(point.Values)
            where value is not null
            select new SeriesPoint(point.Start, value.Value);
        return new MathValue.Series(query.Label ?? id.Name, [.. points], period);
    }

    IEnumerable<DataResult> Results(DataQueryWire query)
    {
        var value = Compute(query);
        return value switch
        {
            MathValue.Series series => [new DataResult(query.Id!, query.Label ?? (query.MetricStat is null ? query.Id! : series.Label), series.Points)],
            MathValue.Several several => several.All.Select(series => new DataResult(query.Id!, query.Label ?? series.Label, series.Points)),
            _ => throw DataOperation.Invalid($"Error in expression '{query.Id}': The expression must evaluate to a time series or an array of time series"),
        };
    }

    MathValue Compute(DataQueryWire query)
    {
        try
        {
            return ((IMathScope)this).Find(query.Id!)!;
        }
        catch (MathException error)
        {
            throw DataOperation.Invalid($"Error in expression '{query.Id}': {error.Message}");
        }
    }
}
