using System.Collections.Concurrent;
using Lambray.Resources.Metrics;

namespace Lambray.Resources.Sns;

/// <summary>What CloudWatch is told of topics ("Monitoring Amazon SNS topics using CloudWatch" in the SNS Developer Guide).</summary>
public sealed class TopicMetrics(MetricStore metrics, TimeProvider time)
{
    readonly ConcurrentDictionary<string, ResourceMetrics> topics = new(StringComparer.Ordinal);

    internal void Published(Topic topic, TopicMessage message)
    {
        Count(topic, "NumberOfMessagesPublished");
        Of(topic).Record("PublishSize", TopicMessageRules.Bytes(message), MetricUnit.Bytes);
    }

    internal void FilteredOut(Topic topic) => Count(topic, "NumberOfNotificationsFilteredOut");

    internal void Delivered(Topic topic) => Count(topic, "NumberOfNotificationsDelivered");

    /// <summary>One attempt at a web server, or all of them elsewhere.</summary>
    internal void Failed(Topic topic) => Count(topic, "NumberOfNotificationsFailed");

    internal void Redriven(Topic topic) => Count(topic, "NumberOfNotificationsRedrivenToDlq");

    internal void NotRedriven(Topic topic) => Count(topic, "NumberOfNotificationsFailedToRedriveToDlq");

    void Count(Topic topic, string name) => Of(topic).Record(name, 1, MetricUnit.Count);

    ResourceMetrics Of(Topic topic) => topics.TryGetValue(topic.Name, out var known)
        ? known
        : topics.GetOrAdd(topic.Name, new ResourceMetrics(metrics, "AWS/SNS", new MetricDimension("TopicName", topic.Name), time));
}
