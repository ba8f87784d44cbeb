using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Kinesis;

/// <summary>A living stream: what is put is on disk before its producer knows, readers see only what is on disk, in one order for all.</summary>
/// <remarks>
/// Positions are given and changes take their turn to the disk under one lock. So a shard's records become visible in the order of their positions, and a
/// reader that has seen one need never look before it again.
/// </remarks>
public sealed class DataStream
{
    readonly Lock gate = new();
    readonly ConcurrentDictionary<int, TaskCompletionSource> news = [];
    readonly DurableWrites writes;
    readonly KinesisDatabase database;
    readonly RecordTable table;
    readonly TimeProvider time;

    // What producers are routed by: ahead of the model until a change of it is on disk.
    StreamModel routing;
    volatile StreamModel model;
    long last;
    volatile bool isDeleted;

    internal DataStream(KinesisDatabase database, StreamModel model, TimeProvider time)
    {
        (this.database, writes, this.model, routing, this.time) = (database, database.Writes, model, model, time);
        table = new RecordTable(database, model.Number);
        last = Math.Max(table.Tip(), model.Shards.Max(shard => Math.Max(shard.Opened, shard.Closed ?? 0)));
    }

    public StreamModel Model => model;

    /// <summary>Puts records that are in order; when the task completes they are on disk. Their order is that of the calls.</summary>
    /// <exception cref="AwsException">The stream is no more, or the disk is too far behind.</exception>
    public async Task<IReadOnlyList<SequenceNumber>> PutAsync(IReadOnlyList<NewRecord> records)
    {
        if (!writes.HasRoom) throw KinesisErrors.Throttled();
        var hashes = records.Select(record => record.ExplicitHash ?? HashKeyRange.HashOf(record.PartitionKey)).ToArray();
        var numbers = new SequenceNumber[records.Count];
        Task written;
        lock (gate)
        {
            RequireLiving();
            for (var i = 0; i < numbers.Length; i++) numbers[i] = new SequenceNumber(NextUnsynchronized(), routing.OpenShards.First(shard => shard.Keys.Contains(hashes[i])).Number);
            written = writes.CommitAsync(
                batch =>
                {
                    for (var i = 0; i < numbers.Length; i++) table.Put(batch, numbers[i], records[i]);
                    table.PutTip(batch, numbers[^1].Position);
                },
                isSynced: true,
                () => Announce(numbers.Select(number => number.Shard).Distinct()));
        }
        await written;
        return numbers;
    }

    /// <summary>Reads a shard from a position on.</summary>
    /// <exception cref="AwsException">The stream is no more, or the shard is not there.</exception>
    public RecordPage Read(int shard, long from, int most, long bytesMost)
    {
        RequireLiving();
        var known = GetShard(shard);
        var now = time.GetUtcNow();
        var records = new List<StreamRecord>();
        var (next, bytes) = (from, 0L);
        foreach (var record in table.From(shard, Math.Max(from, Horizon(now))))
        {
            if (records.Count == most || (records.Count > 0 && bytes + record.Data.Length > bytesMost)) return new RecordPage(records, next, IsEnd: false, Age(record, now));
            records.Add(record);
            bytes += record.Data.Length + record.PartitionKey.Length;
            next = record.Number.Position + 1;
        }
        // A closed shard was closed behind its last record, all of which are on disk.
        return new RecordPage(records, next, !known.IsOpen, TimeSpan.Zero);
    }

    /// <summary>Completes when a shard has more than it had, or is closed; taken before reading, it misses nothing.</summary>
    public Task News(int shard) => isDeleted ? Task.CompletedTask : news.GetOrAdd(shard, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The position behind all that was put so far.</summary>
    public long Tip
    {
        get
        {
            lock (gate) return last + 1;
        }
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public ShardModel GetShard(int number) => model.FindShard(number) ?? throw KinesisErrors.NotFound($"Could not find shard {ShardModel.IdOf(number)} in stream {model.Name}.");

    /// <summary>Sets the stream anew, from what it is to what <paramref name="change"/> makes of it; the callers take turns.</summary>
    /// <param name="change">Gets a source of new positions too, for shards that it opens and closes.</param>
    internal async Task<StreamModel> ChangeAsync(Func<StreamModel, Func<long>, StreamModel> change)
    {
        Task written;
        StreamModel changed;
        lock (gate)
        {
            RequireLiving();
            changed = change(routing, NextUnsynchronized);
            if (ReferenceEquals(changed, routing)) return changed;
            var closed = changed.Shards.Where(shard => !shard.IsOpen && routing.FindShard(shard.Number) is { IsOpen: true }).Select(shard => shard.Number).ToArray();
            var position = last;
            routing = changed;
            written = writes.CommitAsync(
                batch =>
                {
                    StreamRows.Put(batch, database, changed);
                    table.PutTip(batch, position);
                },
                isSynced: true,
                () =>
                {
                    model = changed;
                    Announce(closed);
                });
        }
        await written;
        return changed;
    }

    /// <summary>Drops what has been kept for as long as it was to be, and closed shards that had nothing since.</summary>
    internal async Task DropExpiredAsync()
    {
        if (isDeleted) return;
        var horizon = Horizon(time.GetUtcNow());
        foreach (var shard in model.Shards) table.DropBefore(shard.Number, horizon);
        if (model.Shards.Any(shard => shard.Closed < horizon))
            await ChangeAsync((current, _) => current with { Shards = [.. current.Shards.Where(shard => !(shard.Closed < horizon))] });
    }

    /// <summary>Ends the stream: readers are told that it is no more.</summary>
    internal Task DeleteAsync()
    {
        lock (gate)
        {
            RequireLiving();
            isDeleted = true;
            return writes.CommitAsync(
                batch =>
                {
                    table.Drop(batch);
                    StreamRows.Delete(batch, database, model);
                },
                isSynced: true,
                () => Announce(news.Keys));
        }
    }

    void RequireLiving()
    {
        if (isDeleted) throw KinesisErrors.NotFound($"Stream {model.Name} was deleted.");
    }

    long Horizon(DateTimeOffset now) => (now - model.Retention).UtcTicks;

    // Never twice, never backwards, whatever the clock does.
    long NextUnsynchronized() => last = Math.Max(last + 1, time.GetUtcNow().UtcTicks);

    void Announce(IEnumerable<int> shards)
    {
        foreach (var shard in shards)
            if (news.TryRemove(shard, out var waiting)) waiting.TrySetResult();
    }

    static TimeSpan Age(StreamRecord record, DateTimeOffset now) => now > record.Arrival ? now - record.Arrival : TimeSpan.Zero;
}

/// <summary>Streams on disk: their models, by name.</summary>
static class StreamRows
{
    public static IEnumerable<StreamModel> All(KinesisDatabase database)
    {
        using var cursor = database.Rocks.Walk(database.Streams, [0], [0xff]);
        while (cursor.MoveNext()) yield return JsonSerializer.Deserialize(cursor.Value, KinesisStoreJson.Default.StreamModel)!;
    }

    public static void Put(RocksBatch batch, KinesisDatabase database, StreamModel model) =>
        batch.Put(database.Streams, Encoding.UTF8.GetBytes(model.Name), JsonSerializer.SerializeToUtf8Bytes(model, KinesisStoreJson.Default.StreamModel));

    public static void Delete(RocksBatch batch, KinesisDatabase database, StreamModel model) => batch.Delete(database.Streams, Encoding.UTF8.GetBytes(model.Name));
}
