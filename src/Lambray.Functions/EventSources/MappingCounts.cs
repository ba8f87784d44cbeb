using Lambray.Functions.Invocation.Metrics;
using Lambray.Resources.Metrics;

namespace Lambray.Functions.EventSources;

/// <summary>The metrics of a mapping, which are recorded for those that ask for them (<c>MetricsConfig: EventCount</c>).</summary>
sealed class MappingCounts(MetricStore metrics, EventSourceMapping mapping, TimeProvider time)
{
    readonly bool isAsked = mapping.Settings.MetricsConfig?.Metrics?.Contains("EventCount") == true;

    public void Polled(int count) => Record("PolledEventCount", count);

    public void FilteredOut(int count) => Record("FilteredOutEventCount", count);

    public void Invoked(int count) => Record("InvokedEventCount", count);

    public void Failed(int count) => Record("FailedInvokeEventCount", count);

    public void Deleted(int count) => Record("DeletedEventCount", count);

    public void Dropped(int count) => Record("DroppedEventCount", count);

    public void Delivered(int count) => Record("OnFailureDestinationDeliveredEventCount", count);

    void Record(string name, int count)
    {
        if (!isAsked || count == 0) return;
        metrics.Series(new MetricId(LambdaMetric.Namespace, name, new MetricDimension("EventSourceMappingUUID", mapping.Uuid.ToString())))
            .Record(time.GetUtcNow(), count, MetricUnit.Count);
    }
}
