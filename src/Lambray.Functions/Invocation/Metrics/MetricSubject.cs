using System.Collections.Concurrent;
using Lambray.Functions.Registry;
using Lambray.Resources.Metrics;

namespace Lambray.Functions.Invocation.Metrics;

/// <summary>What a metric is about, as invocations name it: a function, or one of its versions or aliases.</summary>
/// <param name="ExecutedVersion">Null when nothing was executed.</param>
readonly record struct MetricSubject(FunctionName Invoked, string? ExecutedVersion)
{
    /// <summary>The dimensions under which a value is found ("Viewing metrics for Lambda functions" in the Developer Guide).</summary>
    public IEnumerable<MetricDimension[]> Dimensions()
    {
        var function = new MetricDimension("FunctionName", Invoked.Name);
        var resource = new MetricDimension("Resource", Invoked.Qualifier is { } qualifier ? $"{Invoked.Name}:{qualifier}" : Invoked.Name);
        yield return [function];
        yield return [function, resource];
        // An alias may stand for two versions, which are told apart.
        if (Invoked.Qualifier is { } alias && ExecutedVersion is { } version && alias != version)
            yield return [function, resource, new MetricDimension("ExecutedVersion", version)];
    }
}

/// <summary>The metrics of one subject, found once.</summary>
/// <param name="dimensions">The sets of them under which each value is found.</param>
/// <param name="figures">Those of the function, if it is one.</param>
sealed class SubjectSeries(MetricStore store, IEnumerable<MetricDimension[]> dimensions, FunctionFigures? figures)
{
    readonly ConcurrentDictionary<LambdaMetric, MetricSeries[]> series = [];

    public void Record(LambdaMetric metric, DateTimeOffset at, double value)
    {
        foreach (var one in series.GetOrAdd(metric, Find)) one.Record(at, value, metric.Unit);
        figures?.Add(metric, value);
    }

    MetricSeries[] Find(LambdaMetric metric) => [.. dimensions.Select(set => store.Series(new MetricId(LambdaMetric.Namespace, metric.Name, set)))];
}
