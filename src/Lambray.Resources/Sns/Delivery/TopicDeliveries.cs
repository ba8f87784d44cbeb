using Lambray.Aws;
using Lambray.Resources.Messaging;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>Messages on their way to subscriptions that may have to be tried again: on disk before a publisher is answered, until they are delivered or given up.</summary>
public sealed partial class TopicDeliveries : IDisposable
{
    readonly Dictionary<string, ISubscriptionCarrier> carriers;
    readonly DeliveryLine line;
    readonly TopicDirectory topics;
    readonly TopicDeadLetters deadLetters;
    readonly TopicMetrics metrics;
    readonly AwsHome home;
    readonly ILogger<TopicDeliveries> logger;

    public TopicDeliveries(
        MessagingDatabase database, TopicDirectory topics, IEnumerable<ISubscriptionCarrier> carriers, TopicDeadLetters deadLetters, TopicMetrics metrics, AwsHome home,
        TimeProvider time, ILogger<TopicDeliveries> logger)
    {
        (this.topics, this.deadLetters, this.metrics, this.home, this.logger) = (topics, deadLetters, metrics, home, logger);
        this.carriers = carriers.SelectMany(carrier => carrier.Protocols.Select(protocol => (protocol, carrier))).ToDictionary(one => one.protocol, one => one.carrier);
        line = new DeliveryLine(database, database.Deliveries, DeliverAsync, time);
    }

    /// <summary>Whether anybody can take messages there.</summary>
    public bool Serves(string protocol) => carriers.ContainsKey(protocol);

    /// <summary>Begins to deliver, with what an earlier server left first.</summary>
    public void Start() => line.Start();

    /// <summary>Begins nothing more, and waits for what is at work; the rest is delivered after the next start.</summary>
    public Task StopAsync() => line.StopAsync();

    public void Dispose() => line.Dispose();

    /// <summary>Takes a message for some subscriptions; when the task completes it is on disk for all of them.</summary>
    /// <exception cref="AwsException">Too many deliveries are waiting.</exception>
    internal Task AddAsync(Topic topic, TopicMessage message, IReadOnlyList<Subscription> subscriptions)
    {
        if (subscriptions.Count == 0) return Task.CompletedTask;
        if (!line.HasRoom) throw new AwsException("Throttled", 429, "Too many deliveries are waiting.");
        return line.AddAsync([.. subscriptions.Select(subscription => new StoredDelivery(topic.Name, subscription.Id, 0, message).ToBytes())]);
    }

    async Task<DeliveryStep> DeliverAsync(byte[] record, CancellationToken stop)
    {
        var delivery = StoredDelivery.Read(record);
        var topic = home.Regional("sns", delivery.Topic);
        // It was unsubscribed, or its topic deleted.
        if (topics.Find(topic) is not { } config || topics.FindSubscription(home.Regional("sns", $"{delivery.Topic}:{delivery.Subscription}")) is not { } subscription)
            return DeliveryStep.Done;
        var outcome = await TryAsync(topic, subscription, delivery.Message, stop);
        if (outcome == DeliveryOutcome.Delivered)
        {
            metrics.Delivered(config);
            return DeliveryStep.Done;
        }
        // Ended in the middle of it, it has not failed.
        if (stop.IsCancellationRequested) return DeliveryStep.Left;
        var failed = delivery with { Failed = delivery.Failed + 1 };
        TimeSpan? wait = outcome == DeliveryOutcome.Failed ? PolicyOf(config, subscription).WaitAfter(failed.Failed) : null;
        // Of web servers every attempt counts, of others the end of them.
        if (wait is null || IsWeb(subscription)) metrics.Failed(config);
        if (wait is { } again) return DeliveryStep.Again(failed.ToBytes(), again);
        LogGivenUp(subscription.Endpoint, delivery.Topic, delivery.Message.Id);
        await deadLetters.BuryAsync(config, subscription, delivery.Message);
        return DeliveryStep.Done;
    }

    async Task<DeliveryOutcome> TryAsync(Arn topic, Subscription subscription, TopicMessage message, CancellationToken stop)
    {
        try
        {
            return carriers.TryGetValue(subscription.Protocol, out var carrier) ? await carrier.DeliverAsync(topic, subscription, message, stop) : DeliveryOutcome.Refused;
        }
        // Whatever a carrier fails at, the others go on.
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            LogFailed(subscription.Endpoint, error);
            return DeliveryOutcome.Failed;
        }
        catch (OperationCanceledException)
        {
            return DeliveryOutcome.Failed;
        }
    }

    static DeliveryPolicy PolicyOf(Topic topic, Subscription subscription)
    {
        if (!IsWeb(subscription)) return DeliveryPolicy.Service;
        var policy = subscription.Attributes.GetValueOrDefault(SubscriptionAttributes.DeliveryPolicy) ?? topic.Attributes.GetValueOrDefault("DeliveryPolicy");
        return (policy is null ? null : DeliveryPolicy.Parse(policy, "DeliveryPolicy")) ?? DeliveryPolicy.Http;
    }

    static bool IsWeb(Subscription subscription) => subscription.Protocol is "http" or "https";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message could not be delivered to {Endpoint}")]
    partial void LogFailed(string endpoint, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} did not take message {Message} of topic {Topic}; it is given up")]
    partial void LogGivenUp(string endpoint, string topic, Guid message);
}
