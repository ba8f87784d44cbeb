using System.Collections.Concurrent;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Metrics;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sqs;

/// <summary>The queues of the account.</summary>
public sealed class QueueDirectory : IAsyncDisposable
{
    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, MessageQueue> queues = new(StringComparer.Ordinal);
    readonly SemaphoreSlim changing = new(1, 1);
    readonly MessagingDatabase database;
    readonly MetricStore metrics;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly DeadLetters deadLetters;
    readonly ITimer sweep;
    long nextNumber = 1;

    public QueueDirectory(MessagingDatabase database, MetricStore metrics, AwsHome home, TimeProvider time, ILogger<QueueDirectory> logger)
    {
        (this.database, this.metrics, this.home, this.time) = (database, metrics, home, time);
        deadLetters = new DeadLetters(arn => Find(arn), home, logger);
        foreach (var config in QueueRows.All(database))
        {
            queues[config.Name] = Open(config);
            nextNumber = Math.Max(nextNumber, config.Number + 1);
        }
        Moves = new MessageMoves(this, database, home, time, logger);
        sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Raised when a queue was made, so that those who wait for it can begin.</summary>
    public event Action<QueueConfig>? Created;

    public MessageMoves Moves { get; }

    /// <summary>By name.</summary>
    public IEnumerable<MessageQueue> All => queues.Values.OrderBy(queue => queue.Config.Name, StringComparer.Ordinal);

    public MessageQueue? Find(string name) => queues.GetValueOrDefault(name);

    /// <summary>Null for queues of other accounts and regions, too.</summary>
    public MessageQueue? Find(Arn arn) => arn.Service == "sqs" && arn.AccountId == home.AccountId && arn.Region == home.Region ? Find(arn.Resource) : null;

    /// <exception cref="AwsException">QueueDoesNotExist.</exception>
    public MessageQueue Get(string? name) => name is not null && Find(name) is { } queue ? queue : throw SqsErrors.QueueDoesNotExist();

    /// <summary>Makes a queue, or finds the one of that name if it has these attributes.</summary>
    /// <exception cref="AwsException">The name or an attribute is not acceptable, or a queue of the name has other attributes.</exception>
    public async Task<MessageQueue> CreateAsync(string? name, IReadOnlyDictionary<string, string> asked, IReadOnlyDictionary<string, string> tags)
    {
        var attributes = QueueAttributes.OfNew(asked);
        QueueNames.Require(name, isFifo: attributes.ContainsKey(QueueAttributes.FifoQueue));
        QueueTags.Check(tags);
        await changing.WaitAsync();
        try
        {
            if (Find(name!) is { } present) return RequireSame(present, asked, attributes);
            var now = time.GetUtcNow();
            var config = new QueueConfig(name!, nextNumber, attributes, tags, now, now);
            RequireRedriveTarget(config);
            await QueueRows.SaveAsync(database, config);
            nextNumber++;
            queues[name!] = Open(config);
        }
        finally
        {
            changing.Release();
        }
        Created?.Invoke(queues[name!].Config);
        return queues[name!];
    }

    /// <exception cref="AwsException">QueueDoesNotExist.</exception>
    public async Task DeleteAsync(string? name)
    {
        await changing.WaitAsync();
        try
        {
            var queue = Get(name);
            await queue.DeleteQueueAsync(batch => QueueRows.Delete(database, batch, queue.Config));
            queues.TryRemove(queue.Config.Name, out _);
            queue.Dispose();
        }
        finally
        {
            changing.Release();
        }
    }

    /// <exception cref="AwsException">QueueDoesNotExist, or an attribute is not acceptable.</exception>
    public Task SetAttributesAsync(string? name, IReadOnlyDictionary<string, string> asked) =>
        ChangeAsync(name, config => config with { Attributes = QueueAttributes.Change(config.Attributes, asked, config.IsFifo) });

    /// <exception cref="AwsException">QueueDoesNotExist, or there would be too many tags.</exception>
    public Task ChangeTagsAsync(string? name, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) => ChangeAsync(name, config =>
    {
        var tags = change(config.Tags);
        QueueTags.Check(tags);
        return config with { Tags = tags };
    });

    /// <summary>Changes a queue's settings, from what they are to what <paramref name="change"/> makes of them.</summary>
    /// <exception cref="AwsException">QueueDoesNotExist, or what the change throws.</exception>
    public async Task ChangeAsync(string? name, Func<QueueConfig, QueueConfig> change)
    {
        await changing.WaitAsync();
        try
        {
            var queue = Get(name);
            var changed = change(queue.Config) with { Modified = time.GetUtcNow() };
            if (changed.Attributes.GetValueOrDefault(QueueAttributes.RedrivePolicy) != queue.Config.Attributes.GetValueOrDefault(QueueAttributes.RedrivePolicy))
                RequireRedriveTarget(changed);
            await QueueRows.SaveAsync(database, changed);
            queue.Config = changed;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>The queues whose dead-letter queue this is, by name.</summary>
    public IEnumerable<MessageQueue> SourcesOf(MessageQueue target)
    {
        var arn = target.Config.Arn(home);
        return All.Where(queue => queue.Config.Redrive?.Target == arn);
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        await Moves.DisposeAsync();
        foreach (var queue in queues.Values) queue.Dispose();
        changing.Dispose();
    }

    MessageQueue Open(QueueConfig config) => new(database, config, time, QueueMetrics.Of(config.Name, metrics, time), deadLetters.Bury);

    void Sweep()
    {
        foreach (var queue in queues.Values) queue.Sweep();
    }

    static MessageQueue RequireSame(MessageQueue present, IReadOnlyDictionary<string, string> asked, IReadOnlyDictionary<string, string> attributes)
    {
        var other = asked.Keys.FirstOrDefault(name => present.Config.Attributes.GetValueOrDefault(name) != attributes.GetValueOrDefault(name));
        return other is null
            ? present
            : throw new AwsException("QueueNameExists", 400, $"A queue already exists with the same name and a different value for attribute {other}");
    }

    void RequireRedriveTarget(QueueConfig config)
    {
        if (config.Redrive is not { } redrive) return;
        var value = config.Attributes[QueueAttributes.RedrivePolicy];
        if (Find(redrive.Target) is not { } target) throw SqsErrors.InvalidValue(value, QueueAttributes.RedrivePolicy, "Dead letter target does not exist.");
        if (target.Config.IsFifo != config.IsFifo)
            throw SqsErrors.InvalidValue(value, QueueAttributes.RedrivePolicy, $"Dead-letter queue must be same type of queue as the source.");
        var allowed = target.Config.Attributes.GetValueOrDefault(QueueAttributes.RedriveAllowPolicy) is { } policy ? RedriveAllowText.Parse(policy) : null;
        if (allowed?.Allows(config.Arn(home).ToString()) == false)
            throw SqsErrors.InvalidValue(value, QueueAttributes.RedrivePolicy, "The dead-letter queue does not allow this queue to use it.");
    }
}

/// <summary>Queues on disk: their settings, by name.</summary>
static class QueueRows
{
    public static IEnumerable<QueueConfig> All(MessagingDatabase database)
    {
        using var cursor = database.Rocks.Walk(database.Queues, [0], [0xff]);
        while (cursor.MoveNext()) yield return JsonSerializer.Deserialize(cursor.Value, SqsStoreJson.Default.QueueConfig)!;
    }

    public static Task SaveAsync(MessagingDatabase database, QueueConfig config)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(config, SqsStoreJson.Default.QueueConfig);
        return database.Writes.CommitAsync(batch => batch.Put(database.Queues, Key(config), json), isSynced: true);
    }

    public static void Delete(MessagingDatabase database, Storage.Rocks.RocksBatch batch, QueueConfig config) => batch.Delete(database.Queues, Key(config));

    static byte[] Key(QueueConfig config) => System.Text.Encoding.UTF8.GetBytes(config.Name);
}

/// <summary>What tags of a queue may be.</summary>
static class QueueTags
{
    const int TagsMax = 50;
    const int KeyLengthMax = 128;
    const int ValueLengthMax = 256;

    public static void Check(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > TagsMax) throw SqsErrors.InvalidValue($"Too many tags added for queue. Maximum number of tags allowed is {TagsMax}.");
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > KeyLengthMax) throw SqsErrors.InvalidValue($"Tag keys must be between 1 and {KeyLengthMax} characters in length.");
            if (value is null || value.Length > ValueLengthMax) throw SqsErrors.InvalidValue($"Tag values must be between 0 and {ValueLengthMax} characters in length.");
        }
    }
}
