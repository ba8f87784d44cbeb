using Lambray.Aws;
using Lambray.Resources.Sns.Delivery;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sns;

/// <summary>Publishes: each message is on disk for every subscription that takes it before its publisher is answered.</summary>
/// <remarks>To queues of this server it goes straight, as a message of theirs; to others by way of <see cref="TopicDeliveries"/>.</remarks>
public sealed partial class TopicPublisher(
    TopicDirectory topics, FifoTopics fifoTopics, SubscribedQueues queues, TopicDeliveries deliveries, TopicDeadLetters deadLetters, TopicTraces traces, TopicMetrics metrics,
    TimeProvider time, ILogger<TopicPublisher> logger)
{
    /// <summary>Publishes a message that is in order.</summary>
    /// <returns>The message as it went out; of one that a FIFO topic had already, the id and number of the first.</returns>
    public async Task<TopicMessage> PublishAsync(Topic topic, TopicMessage message)
    {
        var (header, end) = traces.Begin(topic, message);
        var published = message with { Published = time.GetUtcNow(), TraceHeader = header };
        var task = topic.IsFifo ? fifoTopics.Of(topic.Name).Publish(topic, ref published, fresh => SendOut(topic, fresh)) : SendOut(topic, published);
        await task;
        metrics.Published(topic, published);
        end?.Invoke();
        return published;
    }

    Task SendOut(Topic topic, TopicMessage message)
    {
        var sending = new List<Task>();
        var carried = new List<Subscription>();
        foreach (var subscription in topics.SubscriptionsOf(topic))
        {
            if (!subscription.IsConfirmed) continue;
            if (subscription.Filter?.Fits(message) == false) metrics.FilteredOut(topic);
            else if (subscription.Protocol == "sqs") sending.Add(SendToQueueAsync(topic, subscription, message));
            else if (deliveries.Serves(subscription.Protocol)) carried.Add(subscription);
            else LogNobodyCarries(subscription.Protocol, subscription.Endpoint);
        }
        sending.Add(deliveries.AddAsync(topic, message, carried));
        return Task.WhenAll(sending);
    }

    async Task SendToQueueAsync(Topic topic, Subscription subscription, TopicMessage message)
    {
        try
        {
            _ = Arn.TryParse(subscription.Endpoint, out var arn);
            await queues.SendAsync(topic, subscription, message, arn);
            metrics.Delivered(topic);
        }
        catch (AwsException error) when (error.Code != "RequestThrottled")
        {
            LogRefused(subscription.Endpoint, topic.Name, error.Message);
            metrics.Failed(topic);
            await deadLetters.BuryAsync(topic, subscription, message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} did not take a message of topic {Topic}: {Reason}")]
    partial void LogRefused(string queue, string topic, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nothing here delivers by {Protocol}: a message for {Endpoint} is dropped")]
    partial void LogNobodyCarries(string protocol, string endpoint);
}
