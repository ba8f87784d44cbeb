using System.Collections.Concurrent;
using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.Sns.Delivery;
using Lambray.Resources.Sqs;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sns;

/// <summary>Publishes: each message is on disk for every subscription that takes it before its publisher is answered.</summary>
/// <remarks>To queues of this server it goes straight, as a message of theirs; to others by way of <see cref="TopicDeliveries"/>.</remarks>
public sealed partial class TopicPublisher(
    TopicDirectory topics, SubscribedQueues queues, TopicDeliveries deliveries, TopicDeadLetters deadLetters, TopicTraces traces, TimeProvider time,
    ILogger<TopicPublisher> logger)
{
    // As of queues: 20 digits, of which only the order tells anything.
    const ulong FirstSequenceNumber = 10_000_000_000_000_000_000;

    readonly ConcurrentDictionary<string, FifoTopic> fifoTopics = new(StringComparer.Ordinal);

    /// <summary>Publishes a message that is in order.</summary>
    /// <returns>The message as it went out; of one that a FIFO topic had already, the id and number of the first.</returns>
    public async Task<TopicMessage> PublishAsync(Topic topic, TopicMessage message)
    {
        var (header, end) = traces.Begin(topic, message);
        var published = message with { Published = time.GetUtcNow(), TraceHeader = header };
        var task = topic.IsFifo ? PublishInOrder(topic, ref published) : SendOut(topic, published);
        await task;
        end?.Invoke();
        return published;
    }

    // The order of the calls is that of the messages in every queue.
    Task PublishInOrder(Topic topic, ref TopicMessage message)
    {
        var fifo = fifoTopics.GetOrAdd(topic.Name, static _ => new FifoTopic());
        var id = message.DeduplicationId ?? Deduplication.IdOf(message.Body);
        var digest = Deduplication.DigestOf(id, topic.DeduplicatesByGroup ? message.GroupId : null);
        lock (fifo.Gate)
        {
            fifo.Published.TakeExpired(message.Published);
            if (fifo.Published.Find(digest, message.Published, out var sent) is { } first)
            {
                message = message with { Id = first.MessageId, SequenceNumber = NumberOf(first.Sequence) };
                return sent;
            }
            // By the clock, so that numbers rise across restarts too.
            fifo.Last = Math.Max(fifo.Last + 1, message.Published.UtcTicks);
            message = message with { DeduplicationId = id, SequenceNumber = NumberOf(fifo.Last) };
            var task = SendOut(topic, message);
            fifo.Published.Add(digest, new Duplicate(message.Id, fifo.Last, message.Published + Deduplication.Interval), task);
            return ForgetFailedAsync(fifo, digest, task);
        }
    }

    static async Task ForgetFailedAsync(FifoTopic fifo, UInt128 digest, Task task)
    {
        try
        {
            await task;
        }
        catch
        {
            lock (fifo.Gate) fifo.Published.Remove(digest);
            throw;
        }
    }

    Task SendOut(Topic topic, TopicMessage message)
    {
        var sending = new List<Task>();
        var carried = new List<Subscription>();
        foreach (var subscription in topics.SubscriptionsOf(topic))
        {
            if (!subscription.IsConfirmed || subscription.Filter?.Fits(message) == false) continue;
            if (subscription.Protocol == "sqs") sending.Add(SendToQueueAsync(topic, subscription, message));
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
        }
        catch (AwsException error) when (error.Code != "RequestThrottled")
        {
            LogRefused(subscription.Endpoint, topic.Name, error.Message);
            await deadLetters.BuryAsync(topic, subscription, message);
        }
    }

    static string NumberOf(long sequence) => (FirstSequenceNumber + (ulong)sequence).ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} did not take a message of topic {Topic}: {Reason}")]
    partial void LogRefused(string queue, string topic, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nothing here delivers by {Protocol}: a message for {Endpoint} is dropped")]
    partial void LogNobodyCarries(string protocol, string endpoint);

    sealed class FifoTopic
    {
        public Lock Gate { get; } = new();

        public Deduplication Published { get; } = new();

        public long Last { get; set; }
    }
}
