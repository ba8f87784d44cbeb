using Lambray.Functions.Invocation.Metrics;
using Lambray.Resources.Metrics;

namespace Lambray.Server.ConsoleApi.Functions;

/// <summary>What happened to functions in a range of time, as CloudWatch has it.</summary>
sealed class FunctionSums(MetricStore metrics, DateTimeOffset start, DateTimeOffset end)
{
    // One period holds all of it.
    readonly MetricPeriods periods = new(start, end, end - start + TimeSpan.FromMinutes(1));

    public async Task<(double Invocations, double Errors, double Throttles)> OfAsync(string function) =>
        (await SumAsync(function, LambdaMetric.Invocations), await SumAsync(function, LambdaMetric.Errors), await SumAsync(function, LambdaMetric.Throttles));

    async Task<double> SumAsync(string function, LambdaMetric metric)
    {
        var id = new MetricId(LambdaMetric.Namespace, metric.Name, new MetricDimension("FunctionName", function));
        return (await metrics.ReadAsync(id, periods)).Sum(point => point.Values.Sum);
    }
}
