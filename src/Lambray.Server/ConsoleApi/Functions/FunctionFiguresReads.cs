using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Resources.Metrics;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>A function's metrics as lines of charts.</summary>
static class FunctionFiguresReads
{
    // What a chart of usual width can show apart.
    const int PointsMax = 180;
    static readonly TimeSpan RangeMax = TimeSpan.FromDays(455);

    // Those that CloudWatch's own charts have.
    static readonly TimeSpan[] Periods =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    // What CloudWatch keeps as sums is 0 where nothing was recorded; of the rest nothing is known there.
    static readonly (LambdaMetric Metric, string Statistic, bool IsCount)[] Charted =
    [
        (LambdaMetric.Invocations, "Sum", true),
        (LambdaMetric.Errors, "Sum", true),
        (LambdaMetric.Throttles, "Sum", true),
        (LambdaMetric.Duration, "Average", false),
        (LambdaMetric.Duration, "p50", false),
        (LambdaMetric.Duration, "p90", false),
        (LambdaMetric.Duration, "p99", false),
        (LambdaMetric.Duration, "Maximum", false),
        (LambdaMetric.ConcurrentExecutions, "Maximum", false),
        (LambdaMetric.ProvisionedConcurrentExecutions, "Maximum", false),
        (LambdaMetric.AsyncEventsReceived, "Sum", true),
        (LambdaMetric.AsyncEventsDropped, "Sum", true),
        (LambdaMetric.AsyncEventAge, "Maximum", false),
        (LambdaMetric.UrlRequestCount, "Sum", true),
    ];

    public static async Task<FunctionCharts> Read(
        string name, string? qualifier, [AsParameters] AskedRange range, [FromServices] MetricStore metrics, [FromServices] TimeProvider time)
    {
        var now = time.GetUtcNow();
        var asked = range.At(now);
        var (from, to) = (asked.Start, asked.End < now ? asked.End : now);
        if (from >= to || to - from > RangeMax) throw Asked.Wrong($"A chart begins before this moment, and shows no more than {RangeMax.TotalDays} days.");
        var periods = MetricPeriods.Aligned(from, to, Array.Find(Periods, period => (to - from) / period <= PointsMax) is { Ticks: > 0 } fitting ? fitting : Periods[^1]);
        var known = new Dictionary<LambdaMetric, IReadOnlyList<MetricPoint>>();
        var lines = new List<ChartLine>();
        foreach (var (metric, statistic, isCount) in Charted)
        {
            if (!known.TryGetValue(metric, out var points)) known[metric] = points = await metrics.ReadAsync(Id(metric, name, qualifier), periods);
            var values = points.ToDictionary(point => point.Start, point => Statistic.Parse(statistic)!.Of(point.Values));
            lines.Add(new ChartLine(metric.Name, statistic, metric.Unit, [.. Values(values, periods, isCount && points.Count > 0)]));
        }
        return new FunctionCharts(periods.Start, to, new Microseconds(periods.Length.Ticks / TimeSpan.TicksPerMicrosecond), lines);
    }

    static IEnumerable<ChartPoint> Values(Dictionary<DateTimeOffset, double?> values, MetricPeriods periods, bool withZeros)
    {
        for (var at = periods.Start; at < periods.End; at += periods.Length)
        {
            if (values.GetValueOrDefault(at) is { } value) yield return new ChartPoint(at, value);
            else if (withZeros) yield return new ChartPoint(at, 0);
        }
    }

    static MetricId Id(LambdaMetric metric, string function, string? qualifier)
    {
        var name = new MetricDimension("FunctionName", function);
        return qualifier is null or FunctionName.Latest
            ? new MetricId(LambdaMetric.Namespace, metric.Name, name)
            : new MetricId(LambdaMetric.Namespace, metric.Name, name, new MetricDimension("Resource", $"{function}:{qualifier}"));
    }
}
