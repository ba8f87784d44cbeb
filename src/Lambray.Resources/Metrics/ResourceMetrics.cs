using System.Collections.Concurrent;

namespace Lambray.Resources.Metrics;

/// <summary>The metrics of one resource, such as a queue, found once.</summary>
/// <param name="space">Their namespace, such as <c>AWS/SQS</c>.</param>
/// <param name="resource">What tells it from others of its kind.</param>
public sealed class ResourceMetrics(MetricStore store, string space, MetricDimension resource, TimeProvider time)
{
    readonly ConcurrentDictionary<string, MetricSeries> series = new(StringComparer.Ordinal);

    public void Record(string name, double value, string unit) => Of(name).Record(time.GetUtcNow(), value, unit);

    MetricSeries Of(string name) => series.TryGetValue(name, out var known) ? known : series.GetOrAdd(name, store.Series(new MetricId(space, name, resource)));
}
