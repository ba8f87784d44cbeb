using System.Threading.Channels;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>Messages on their way to subscriptions that may have to be tried again: on disk before a publisher is answered, until they are delivered or given up.</summary>
public sealed partial class TopicDeliveries : IDisposable
{
    const int AtOnce = 32;
    const int WaitingMax = 1_000_000;

    readonly Dictionary<string, ISubscriptionCarrier> carriers;
    readonly Channel<long> due = Channel.CreateUnbounded<long>();
    readonly PriorityQueue<long, DateTimeOffset> later = new();
    readonly Lock gate = new();
    readonly CancellationTokenSource stop = new();
    readonly MessagingDatabase database;
    readonly TopicDirectory topics;
    readonly TopicDeadLetters deadLetters;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger<TopicDeliveries> logger;
    readonly ITimer alarm;
    Task[] workers = [];
    long next;
    int waiting;

    public TopicDeliveries(
        MessagingDatabase database, TopicDirectory topics, IEnumerable<ISubscriptionCarrier> carriers, TopicDeadLetters deadLetters, AwsHome home, TimeProvider time,
        ILogger<TopicDeliveries> logger)
    {
        (this.database, this.topics, this.deadLetters, this.home, this.time, this.logger) = (database, topics, deadLetters, home, time, logger);
        this.carriers = carriers.SelectMany(carrier => carrier.Protocols.Select(protocol => (protocol, carrier))).ToDictionary(one => one.protocol, one => one.carrier);
        alarm = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var number in Left())
        {
            next = number + 1;
            waiting++;
            due.Writer.TryWrite(number);
        }
    }

    /// <summary>Whether anybody can take messages there.</summary>
    public bool Serves(string protocol) => carriers.ContainsKey(protocol);

    /// <summary>Begins to deliver, with what an earlier server left first.</summary>
    public void Start() => workers = [.. Enumerable.Range(0, AtOnce).Select(_ => WorkAsync())];

    /// <summary>Begins nothing more, and waits for what is at work; the rest is delivered after the next start.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(workers);
    }

    public void Dispose()
    {
        alarm.Dispose();
        stop.Dispose();
    }

    /// <summary>Takes a message for some subscriptions; when the task completes it is on disk for all of them.</summary>
    /// <exception cref="AwsException">Too many deliveries are waiting.</exception>
    internal Task AddAsync(Topic topic, TopicMessage message, IReadOnlyList<Subscription> subscriptions)
    {
        if (subscriptions.Count == 0) return Task.CompletedTask;
        if (Volatile.Read(ref waiting) > WaitingMax) throw new AwsException("Throttled", 429, "Too many deliveries are waiting.");
        var first = Interlocked.Add(ref next, subscriptions.Count) - subscriptions.Count;
        Interlocked.Add(ref waiting, subscriptions.Count);
        var records = subscriptions.Select(subscription => new StoredDelivery(topic.Name, subscription.Id, 0, message).ToBytes()).ToArray();
        return database.Writes.CommitAsync(
            batch =>
            {
                for (var i = 0; i < records.Length; i++) batch.Put(database.Deliveries, RecordBytes.Number(first + i), records[i]);
            },
            isSynced: true,
            () =>
            {
                for (var i = 0; i < records.Length; i++) due.Writer.TryWrite(first + i);
            });
    }

    List<long> Left()
    {
        var left = new List<long>();
        using var cursor = database.Rocks.Walk(database.Deliveries, [], [.. Enumerable.Repeat<byte>(0xff, 9)]);
        while (cursor.MoveNext()) left.Add(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(cursor.Key));
        return left;
    }

    async Task WorkAsync()
    {
        await Task.Yield();
        try
        {
            await foreach (var number in due.Reader.ReadAllAsync(stop.Token)) await DeliverAsync(number);
        }
        catch (OperationCanceledException)
        {
            // What is left is on disk.
        }
    }

    async Task DeliverAsync(long number)
    {
        if (database.Rocks.Find(database.Deliveries, RecordBytes.Number(number)) is not { } bytes) return;
        var delivery = StoredDelivery.Read(bytes);
        var topic = home.Regional("sns", delivery.Topic);
        // It was unsubscribed, or its topic deleted.
        if (topics.Find(topic) is not { } config || topics.FindSubscription(home.Regional("sns", $"{delivery.Topic}:{delivery.Subscription}")) is not { } subscription)
        {
            await EndAsync(number);
            return;
        }
        var outcome = await TryAsync(topic, subscription, delivery.Message);
        if (outcome == DeliveryOutcome.Delivered)
        {
            await EndAsync(number);
            return;
        }
        // Ended in the middle of it, it has not failed.
        if (stop.IsCancellationRequested) return;
        var failed = delivery with { Failed = delivery.Failed + 1 };
        if (outcome == DeliveryOutcome.Failed && PolicyOf(config, subscription).WaitAfter(failed.Failed) is { } wait)
        {
            await database.Writes.CommitAsync(batch => batch.Put(database.Deliveries, RecordBytes.Number(number), failed.ToBytes()), isSynced: false);
            Later(number, wait);
            return;
        }
        LogGivenUp(subscription.Endpoint, delivery.Topic, delivery.Message.Id);
        await deadLetters.BuryAsync(config, subscription, delivery.Message);
        await EndAsync(number);
    }

    async Task<DeliveryOutcome> TryAsync(Arn topic, Subscription subscription, TopicMessage message)
    {
        try
        {
            return carriers.TryGetValue(subscription.Protocol, out var carrier) ? await carrier.DeliverAsync(topic, subscription, message, stop.Token) : DeliveryOutcome.Refused;
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
        if (subscription.Protocol is not ("http" or "https")) return DeliveryPolicy.Service;
        var policy = subscription.Attributes.GetValueOrDefault(SubscriptionAttributes.DeliveryPolicy) ?? topic.Attributes.GetValueOrDefault("DeliveryPolicy");
        return (policy is null ? null : DeliveryPolicy.Parse(policy, "DeliveryPolicy")) ?? DeliveryPolicy.Http;
    }

    Task EndAsync(long number)
    {
        Interlocked.Decrement(ref waiting);
        return database.Writes.CommitAsync(batch => batch.Delete(database.Deliveries, RecordBytes.Number(number)), isSynced: false);
    }

    void Later(long number, TimeSpan wait)
    {
        lock (gate)
        {
            later.Enqueue(number, time.GetUtcNow() + wait);
            SetAlarmUnsynchronized();
        }
    }

    void Ring()
    {
        lock (gate)
        {
            while (later.TryPeek(out var number, out var at) && at <= time.GetUtcNow())
            {
                later.Dequeue();
                due.Writer.TryWrite(number);
            }
            SetAlarmUnsynchronized();
        }
    }

    void SetAlarmUnsynchronized()
    {
        if (!later.TryPeek(out _, out var at)) return;
        var wait = at - time.GetUtcNow();
        alarm.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message could not be delivered to {Endpoint}")]
    partial void LogFailed(string endpoint, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} did not take message {Message} of topic {Topic}; it is given up")]
    partial void LogGivenUp(string endpoint, string topic, Guid message);
}
