using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;

namespace Lambray.Resources.Sns;

/// <summary>The topics of the account and who has subscribed to them.</summary>
public sealed class TopicDirectory : IDisposable
{
    const int TokenBytes = 128;

    readonly SemaphoreSlim changing = new(1, 1);
    readonly MessagingDatabase database;
    readonly QueueDirectory queues;
    readonly AwsHome home;
    readonly TimeProvider time;
    volatile ImmutableSortedDictionary<string, Topic> topics = ImmutableSortedDictionary.Create<string, Topic>(StringComparer.Ordinal);
    volatile ImmutableSortedDictionary<string, ImmutableSortedDictionary<Guid, Subscription>> subscriptions =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<Guid, Subscription>>(StringComparer.Ordinal);

    public TopicDirectory(MessagingDatabase database, QueueDirectory queues, AwsHome home, TimeProvider time)
    {
        (this.database, this.queues, this.home, this.time) = (database, queues, home, time);
        topics = topics.AddRange(TopicRows.Topics(database).Select(topic => KeyValuePair.Create(topic.Name, topic)));
        foreach (var subscription in TopicRows.Subscriptions(database)) Put(subscription);
    }

    /// <summary>Raised when a subscription has to be confirmed by its recipient.</summary>
    public event Action<Subscription, string>? Asked;

    /// <summary>Raised when a topic is no more.</summary>
    public event Action<Topic>? Deleted;

    /// <summary>By name.</summary>
    public IEnumerable<Topic> Topics => topics.Values;

    /// <summary>By topic, then by id.</summary>
    public IEnumerable<Subscription> Subscriptions => subscriptions.Values.SelectMany(of => of.Values);

    /// <summary>Of one topic.</summary>
    public IEnumerable<Subscription> SubscriptionsOf(Topic topic) => subscriptions.GetValueOrDefault(topic.Name)?.Values ?? [];

    public Topic? Find(Arn arn) => IsHere(arn) ? topics.GetValueOrDefault(arn.Resource) : null;

    /// <exception cref="AwsException">InvalidParameter for what is no ARN of a topic, NotFound.</exception>
    public Topic Get(string? arn)
    {
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "sns" || parsed.Resource.Contains(':')) throw SnsErrors.Invalid("TopicArn");
        return Find(parsed) ?? throw SnsErrors.NotFound("Topic");
    }

    public Subscription? FindSubscription(Arn arn) => IsHere(arn) && arn.Resource.Split(':') is [var topic, var id] && Guid.TryParse(id, out var guid)
        ? subscriptions.GetValueOrDefault(topic)?.GetValueOrDefault(guid)
        : null;

    /// <exception cref="AwsException">InvalidParameter for what is no ARN, NotFound.</exception>
    public Subscription GetSubscription(string? arn) =>
        (Arn.TryParse(arn, out var parsed) ? FindSubscription(parsed) : throw SnsErrors.Invalid("SubscriptionArn")) ?? throw SnsErrors.NotFound("Subscription");

    /// <summary>Makes a topic, or finds the one of that name if it has these attributes.</summary>
    /// <exception cref="AwsException">InvalidParameter.</exception>
    public async Task<Topic> CreateAsync(string? name, IReadOnlyDictionary<string, string> asked, IReadOnlyDictionary<string, string> tags, string? dataProtection)
    {
        var attributes = TopicAttributes.OfNew(name, asked);
        return await ChangeAsync(async () =>
        {
            if (topics.TryGetValue(name!, out var present))
            {
                if (asked.Any(attribute => present.Attributes.GetValueOrDefault(attribute.Key) != attributes.GetValueOrDefault(attribute.Key)))
                    throw SnsErrors.Invalid("Attributes Reason: Topic already exists with different attributes");
                if (tags.Any(tag => present.Tags.GetValueOrDefault(tag.Key) != tag.Value)) throw SnsErrors.Invalid("Tags Reason: Topic already exists with different tags");
                return present;
            }
            var topic = new Topic(name!, attributes, tags, dataProtection, time.GetUtcNow());
            await SaveAsync(topic);
            return topic;
        });
    }

    /// <summary>Deletes a topic with its subscriptions; one that is not there is as good as deleted.</summary>
    public Task DeleteAsync(string? arn) => ChangeAsync(async () =>
    {
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "sns") throw SnsErrors.Invalid("TopicArn");
        if (Find(parsed) is not { } topic) return true;
        var gone = SubscriptionsOf(topic).ToArray();
        await database.Writes.CommitAsync(batch => TopicRows.Delete(database, batch, topic, gone), isSynced: true);
        topics = topics.Remove(topic.Name);
        subscriptions = subscriptions.Remove(topic.Name);
        Deleted?.Invoke(topic);
        return true;
    });

    /// <exception cref="AwsException">NotFound, or what the change throws.</exception>
    public Task<Topic> ChangeAsync(string? arn, Func<Topic, Topic> change) => ChangeAsync(async () =>
    {
        var changed = change(Get(arn));
        await SaveAsync(changed);
        return changed;
    });

    /// <summary>Subscribes an endpoint; what cannot be asked whether it agrees is confirmed at once. The same endpoint again gives the same subscription.</summary>
    /// <param name="server">Where the recipient finds this server, to confirm.</param>
    /// <exception cref="AwsException">InvalidParameter, NotFound.</exception>
    public async Task<Subscription> SubscribeAsync(string? arn, string? protocol, string? endpoint, IReadOnlyDictionary<string, string> asked, string server)
    {
        var topic = Get(arn);
        SubscriptionEndpoint.Require(topic, protocol, endpoint);
        var attributes = SubscriptionAttributes.Change(protocol!, new Dictionary<string, string>(), asked);
        RequireDeadLetterQueue(topic, endpoint!, attributes);
        var subscription = await ChangeAsync(async () =>
        {
            var found = Get(arn);
            var same = SubscriptionsOf(found).FirstOrDefault(other => other.Protocol == protocol && other.Endpoint == endpoint);
            if (same is not null)
            {
                // What was not said then is not said now.
                if (same.Attributes.Count != attributes.Count || attributes.Any(attribute => same.Attributes.GetValueOrDefault(attribute.Key) != attribute.Value))
                    throw SnsErrors.Invalid("Attributes Reason: Subscription already exists with different attributes");
                return same;
            }
            var token = SubscriptionEndpoint.IsAsked(protocol!) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)) : null;
            var made = new Subscription(Guid.NewGuid(), found.Name, protocol!, endpoint!, attributes, token, NeedsOwner: false, time.GetUtcNow());
            await SaveAsync(made);
            return made;
        });
        if (!subscription.IsConfirmed) Asked?.Invoke(subscription, server);
        return subscription;
    }

    /// <exception cref="AwsException">InvalidParameter: no such token.</exception>
    public Task<Subscription> ConfirmAsync(string? arn, string? token, bool needsOwner) => ChangeAsync(async () =>
    {
        var topic = Get(arn);
        var asked = SubscriptionsOf(topic).FirstOrDefault(subscription => subscription.Token is { } expected && token is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token))) ?? throw SnsErrors.Invalid("Token");
        var confirmed = asked with { Token = null, NeedsOwner = needsOwner };
        await SaveAsync(confirmed);
        return confirmed;
    });

    /// <exception cref="AwsException">InvalidParameter, NotFound.</exception>
    public Task<Subscription> ChangeSubscriptionAsync(string? arn, string? name, string? value) => ChangeAsync(async () =>
    {
        var current = GetSubscription(arn);
        if (string.IsNullOrEmpty(name)) throw SnsErrors.Invalid("AttributeName");
        var changed = current with { Attributes = SubscriptionAttributes.Change(current.Protocol, current.Attributes, [KeyValuePair.Create(name, value ?? "")]) };
        RequireDeadLetterQueue(topics[current.Topic], current.Endpoint, changed.Attributes);
        await SaveAsync(changed);
        return changed;
    });

    /// <summary>Ends a subscription; one that is not there is as good as ended.</summary>
    /// <param name="isOwner">Not whoever follows a link in a message.</param>
    public Task UnsubscribeAsync(string? arn, bool isOwner) => ChangeAsync(async () =>
    {
        if (!Arn.TryParse(arn, out var parsed)) throw SnsErrors.Invalid("SubscriptionArn");
        if (FindSubscription(parsed) is not { } subscription) return true;
        if (subscription.NeedsOwner && !isOwner) throw new AwsException("AuthorizationError", 403, "Only the owner of this subscription may unsubscribe it.");
        await database.Writes.CommitAsync(batch => TopicRows.Delete(database, batch, subscription), isSynced: true);
        subscriptions = subscriptions.SetItem(subscription.Topic, subscriptions[subscription.Topic].Remove(subscription.Id));
        return true;
    });

    public void Dispose() => changing.Dispose();

    bool IsHere(Arn arn) => arn.Service == "sns" && arn.AccountId == home.AccountId && arn.Region == home.Region;

    void RequireDeadLetterQueue(Topic topic, string endpoint, IReadOnlyDictionary<string, string> attributes)
    {
        if (SubscriptionAttributes.DeadLetterTarget(attributes.GetValueOrDefault(SubscriptionAttributes.RedrivePolicy)) is not { } target) return;
        if (queues.Find(target) is not { } queue) throw SnsErrors.Invalid("Attributes Reason: RedrivePolicy: deadLetterTargetArn does not exist");
        if (queue.Config.IsFifo && !topic.IsFifo) throw SnsErrors.Invalid("Attributes Reason: RedrivePolicy: a FIFO queue can only be the dead-letter queue of a FIFO topic's subscription");
        if (topic.IsFifo && endpoint.EndsWith(QueueNames.FifoSuffix, StringComparison.Ordinal) && !queue.Config.IsFifo)
            throw SnsErrors.Invalid("RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
    }

    async Task SaveAsync(Topic topic)
    {
        await database.Writes.CommitAsync(batch => TopicRows.Put(database, batch, topic), isSynced: true);
        topics = topics.SetItem(topic.Name, topic);
    }

    async Task SaveAsync(Subscription subscription)
    {
        await database.Writes.CommitAsync(batch => TopicRows.Put(database, batch, subscription), isSynced: true);
        Put(subscription);
    }

    void Put(Subscription subscription) => subscriptions = subscriptions.SetItem(
        subscription.Topic, (subscriptions.GetValueOrDefault(subscription.Topic) ?? ImmutableSortedDictionary<Guid, Subscription>.Empty).SetItem(subscription.Id, subscription));

    async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        await changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            changing.Release();
        }
    }
}

/// <summary>Topics and subscriptions on disk, by name and by id.</summary>
static class TopicRows
{
    public static IEnumerable<Topic> Topics(MessagingDatabase database)
    {
        using var cursor = database.Rocks.Walk(database.Topics, [0], [0xff]);
        while (cursor.MoveNext()) yield return JsonSerializer.Deserialize(cursor.Value, SnsStoreJson.Default.Topic)!;
    }

    public static IEnumerable<Subscription> Subscriptions(MessagingDatabase database)
    {
        using var cursor = database.Rocks.Walk(database.Subscriptions, [], [.. Enumerable.Repeat<byte>(0xff, 17)]);
        while (cursor.MoveNext()) yield return JsonSerializer.Deserialize(cursor.Value, SnsStoreJson.Default.Subscription)!;
    }

    public static void Put(MessagingDatabase database, Storage.Rocks.RocksBatch batch, Topic topic) =>
        batch.Put(database.Topics, Encoding.UTF8.GetBytes(topic.Name), JsonSerializer.SerializeToUtf8Bytes(topic, SnsStoreJson.Default.Topic));

    public static void Put(MessagingDatabase database, Storage.Rocks.RocksBatch batch, Subscription subscription) =>
        batch.Put(database.Subscriptions, subscription.Id.ToByteArray(), JsonSerializer.SerializeToUtf8Bytes(subscription, SnsStoreJson.Default.Subscription));

    public static void Delete(MessagingDatabase database, Storage.Rocks.RocksBatch batch, Topic topic, IEnumerable<Subscription> subscriptions)
    {
        batch.Delete(database.Topics, Encoding.UTF8.GetBytes(topic.Name));
        PublishedRows.Drop(database, batch, topic.Name);
        foreach (var subscription in subscriptions) Delete(database, batch, subscription);
    }

    public static void Delete(MessagingDatabase database, Storage.Rocks.RocksBatch batch, Subscription subscription) =>
        batch.Delete(database.Subscriptions, subscription.Id.ToByteArray());
}
