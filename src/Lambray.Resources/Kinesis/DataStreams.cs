using System.Collections.Concurrent;
using Lambray.Aws;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Kinesis;

/// <summary>The data streams of the account.</summary>
public sealed partial class DataStreams : IAsyncDisposable
{
    /// <summary>What a stream has to begin with when its throughput is not provisioned.</summary>
    const int OnDemandShards = 4;

    static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, DataStream> streams = new(StringComparer.Ordinal);
    readonly SemaphoreSlim changing = new(1, 1);
    readonly KinesisDatabase database;
    readonly AwsHome home;
    readonly TimeProvider time;
    readonly ILogger<DataStreams> logger;
    readonly ITimer sweep;
    long nextNumber = 1;
    int sweeping;

    public DataStreams(KinesisDatabase database, AwsHome home, TimeProvider time, ILogger<DataStreams> logger)
    {
        (this.database, this.home, this.time, this.logger) = (database, home, time, logger);
        foreach (var model in StreamRows.All(database))
        {
            streams[model.Name] = new DataStream(database, model, time);
            nextNumber = Math.Max(nextNumber, model.Number + 1);
        }
        sweep = time.CreateTimer(_ => _ = SweepAsync(), null, SweepInterval, SweepInterval);
    }

    /// <summary>By name.</summary>
    public IEnumerable<DataStream> All => streams.Values.OrderBy(stream => stream.Model.Name, StringComparer.Ordinal);

    public DataStream? Find(string name) => streams.GetValueOrDefault(name);

    /// <summary>The stream of an ARN, or of a consumer's, which begins with it. Null for streams of other accounts and regions, too.</summary>
    public DataStream? Find(Arn arn) =>
        arn.Service == "kinesis" && arn.AccountId == home.AccountId && arn.Region == home.Region && arn.Resource.Split('/') is ["stream", { } name, ..] ? Find(name) : null;

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public DataStream Get(string name) => Find(name) ?? throw KinesisErrors.StreamNotFound(name, home.AccountId);

    /// <param name="design">What is asked for beside the shards.</param>
    /// <param name="shards">Null for as many as AWS gives where nothing is said.</param>
    /// <exception cref="AwsException">There is a stream of that name.</exception>
    public async Task CreateAsync(string name, int? shards, Func<StreamModel, StreamModel> design)
    {
        await changing.WaitAsync();
        try
        {
            if (Find(name) is not null) throw KinesisErrors.InUse($"Stream {name} under account {home.AccountId} already exists.");
            var now = time.GetUtcNow();
            var ranges = HashKeyRange.Uniform(shards ?? OnDemandShards);
            var model = design(new StreamModel
            {
                Name = name,
                Number = nextNumber,
                Created = now,
                Shards = [.. ranges.Select((range, index) => new ShardModel(index, range, null, null, now.UtcTicks))],
            });
            await database.Writes.CommitAsync(batch => StreamRows.Put(batch, database, model), isSynced: true);
            nextNumber++;
            streams[name] = new DataStream(database, model, time);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <exception cref="AwsException">ResourceNotFoundException; or it has consumers, and they may not go with it.</exception>
    public async Task DeleteAsync(string name, bool withConsumers)
    {
        await changing.WaitAsync();
        try
        {
            var stream = Get(name);
            if (!withConsumers && stream.Model.Consumers.Count > 0)
                throw KinesisErrors.InUse($"Stream {name} under account {home.AccountId} has consumers registered to it. Deregister them, or set EnforceConsumerDeletion.");
            await stream.DeleteAsync();
            streams.TryRemove(name, out _);
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Changes a stream's settings, from what they are to what <paramref name="change"/> makes of them.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException, or what the change throws.</exception>
    public Task<StreamModel> ChangeAsync(string name, Func<StreamModel, StreamModel> change) => Get(name).ChangeAsync((model, _) => change(model));

    /// <exception cref="AwsException">As <see cref="Resharding.Split"/>.</exception>
    public Task SplitAsync(string name, string shard, string newStart) => Get(name).ChangeAsync((model, position) =>
        model with { Shards = Resharding.Split(model, shard, newStart, home.AccountId, position()) });

    /// <exception cref="AwsException">As <see cref="Resharding.Merge"/>.</exception>
    public Task MergeAsync(string name, string shard, string adjacent) => Get(name).ChangeAsync((model, position) =>
        model with { Shards = Resharding.Merge(model, shard, adjacent, home.AccountId, position()) });

    public Task ScaleAsync(string name, int count) => Get(name).ChangeAsync((model, position) => model with { Shards = Resharding.Scale(model.Shards, count, position) });

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        changing.Dispose();
    }

    /// <summary>Drops of all streams what has expired.</summary>
    internal async Task SweepAsync()
    {
        if (Interlocked.Exchange(ref sweeping, 1) == 1) return;
        try
        {
            foreach (var stream in streams.Values) await stream.DropExpiredAsync();
        }
        // The next minute's sweep does what this one could not.
        catch (Exception error) when (error is IOException or AwsException or ObjectDisposedException)
        {
            LogNotSwept(error);
        }
        finally
        {
            Volatile.Write(ref sweeping, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired records of streams were not dropped; it is tried again in a minute")]
    partial void LogNotSwept(Exception error);
}
