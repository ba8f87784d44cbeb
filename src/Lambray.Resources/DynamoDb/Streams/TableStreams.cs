using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Items;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Resources.DynamoDb.Streams;

/// <summary>The streams of tables ("Change data capture for DynamoDB Streams" in the Developer Guide): what has changed, for 24 hours.</summary>
/// <remarks>
/// A stream has one open shard, which another follows every four hours. Records are read by position: the number of the last one read.
/// </remarks>
public sealed class TableStreams
{
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    static readonly TimeSpan ShardAge = TimeSpan.FromHours(4);

    readonly DynamoDatabase database;
    readonly WriteTurns turns;
    readonly AwsHome home;
    readonly TimeProvider time;

    // As the changes that wait for the disk have left them, and as they are on disk, for readers.
    readonly ConcurrentDictionary<long, StreamState> streams = [];
    readonly ConcurrentDictionary<long, StreamState> kept = [];

    readonly StreamSignals signals = new();

    public TableStreams(DynamoDatabase database, WriteTurns turns, AwsHome home, TimeProvider time)
    {
        (this.database, this.turns, this.home, this.time) = (database, turns, home, time);
        using var cursor = database.Rocks.Walk(database.Streams, StreamRecord.KeyOf(0, 0), StreamRecord.KeyOf(long.MaxValue, 0));
        while (cursor.MoveNext())
        {
            var state = JsonSerializer.Deserialize(cursor.Value, TableRowJson.Default.StreamState)!;
            streams[state.Number] = kept[state.Number] = state;
        }
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<StreamState> All => kept.Values.OrderBy(stream => stream.Number);

    /// <returns>Null for what is no stream of this account, or no longer one.</returns>
    public StreamState? Find(string arn) => All.FirstOrDefault(stream => stream.Arn(home).ToString() == arn);

    /// <summary>Records of a shard behind a position, as many as there are now.</summary>
    /// <param name="after">The number of the last record read; <see cref="TrimHorizon"/> and <see cref="Latest"/> give places to begin.</param>
    public StreamPage Read(StreamState stream, StreamShard shard, long after, int limit)
    {
        const int PageBytesMax = 1024 * 1024;
        // Asked before the cursor is made: of a shard that was closed by then, all records are seen.
        var last = LastOf(stream, shard);
        var oldest = time.GetUtcNow() - Retention;
        var (records, bytes) = (new List<StreamRecord>(), 0);
        using var cursor = database.Rocks.Walk(
            database.Records, StreamRecord.KeyOf(stream.Number, Math.Max(after, shard.First) + 1), StreamRecord.KeyOf(stream.Number, (last ?? long.MaxValue - 1) + 1));
        while (records.Count < limit && bytes < PageBytesMax && cursor.MoveNext())
        {
            if (StreamRecord.TimeOf(cursor.Value) < oldest) continue;
            bytes += cursor.Value.Length;
            records.Add(StreamRecord.Read(cursor.Key, cursor.Value));
        }
        var isEnd = last is not null && records.Count < limit && bytes < PageBytesMax;
        // It may have been closed since, and what was read be the next shard's.
        if (LastOf(stream, shard) is { } closed) records.RemoveAll(record => record.Sequence > closed);
        return new StreamPage(records, records.Count > 0 ? records[^1].Sequence : after, isEnd);
    }

    /// <summary>The position before the oldest record of a shard that is still kept.</summary>
    public long TrimHorizon(StreamState stream, StreamShard shard)
    {
        var page = Read(stream, shard, shard.First, limit: 1);
        return page.Records.Count > 0 ? page.Records[0].Sequence - 1 : Latest(stream, shard);
    }

    /// <summary>The position behind the newest record of a shard.</summary>
    public long Latest(StreamState stream, StreamShard shard) => shard.Last ?? turns.Counts[stream.Number].Items;

    /// <summary>The position behind which are the records of this time and later.</summary>
    public long PositionAt(StreamState stream, StreamShard shard, DateTimeOffset from)
    {
        // Records have the order of their times, so that halving finds it.
        var (earlier, behind) = (shard.First, Latest(stream, shard));
        while (earlier < behind)
        {
            var middle = earlier + ((behind - earlier) / 2);
            if (Read(stream, shard, middle, limit: 1).Records is [var record] && record.Time < from) earlier = record.Sequence;
            else behind = middle;
        }
        return earlier;
    }

    /// <summary>Completes when there may be something behind a position: a record, or the end of the shard.</summary>
    public async Task WaitAsync(StreamState stream, StreamShard shard, long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = signals.NextAsync(stream.Number);
            if (Read(stream, shard, after, limit: 1) is { Records.Count: > 0 } or { IsEnd: true }) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Begins a stream with its first shard.</summary>
    internal StreamModel Enable(WriteTurn turn, TableModel table, StreamView view)
    {
        var now = time.GetUtcNow();
        var number = turns.Counts.TakeNumber();
        var label = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var state = new StreamState
        {
            Number = number,
            TableName = table.Name,
            Label = label,
            View = view,
            Key = table.Key,
            CreationTime = now,
            Shards = [StreamShard.Open(null, TakeSequence(turn, number), now)],
        };
        Save(turn, state);
        return new StreamModel(number, label, view, now);
    }

    /// <summary>Ends a stream; what it has can be read for another day.</summary>
    internal void Disable(WriteTurn turn, long number)
    {
        if (!streams.TryGetValue(number, out var stream) || stream.Disabled is not null) return;
        Save(turn, stream with { Disabled = time.GetUtcNow(), Shards = [.. stream.Shards.SkipLast(1), Closed(turn, stream)] });
        turn.OnKept(() => signals.Raise(number));
    }

    /// <summary>Writes a change into the table's stream, if it has one.</summary>
    internal void Write(WriteTurn turn, TableModel table, MapValue? before, MapValue? after, ChangeOrigin origin)
    {
        if (table.Stream is not { IsEnabled: true, Number: var number } || !streams.TryGetValue(number, out var stream)) return;
        var now = time.GetUtcNow();
        if (now - stream.Shards[^1].Opened >= ShardAge) Save(turn, Followed(turn, stream, now));
        var kind = before is null ? StreamEvent.Insert : after is null ? StreamEvent.Remove : StreamEvent.Modify;
        var record = new StreamRecord(TakeSequence(turn, number), kind, now, table.KeyOf((after ?? before)!), before, after, origin);
        turn.SaveRow(database.Records, StreamRecord.KeyOf(number, record.Sequence), record.ShownAs(stream.View).ToBytes());
        turn.OnKept(() => signals.Raise(number));
    }

    /// <summary>Drops records that are older than a day, and shards and streams that have no others.</summary>
    internal Task TrimAsync() => turns.TakeAsync(turn =>
    {
        foreach (var stream in streams.Values) Trim(turn, stream, time.GetUtcNow() - Retention);
        return true;
    });

    StreamState Followed(WriteTurn turn, StreamState stream, DateTimeOffset now)
    {
        var closed = Closed(turn, stream);
        return stream with { Shards = [.. stream.Shards.SkipLast(1), closed, StreamShard.Open(closed, TakeSequence(turn, stream.Number), now)] };
    }

    StreamShard Closed(WriteTurn turn, StreamState stream) => stream.Shards[^1] with { Last = turns.Counts[stream.Number].Items + turn.CountedItems(stream.Number) };

    // The count of a stream is the number of its last record.
    long TakeSequence(WriteTurn turn, long number)
    {
        turn.Count(number, 1, 0);
        return turns.Counts[number].Items + turn.CountedItems(number);
    }

    long? LastOf(StreamState stream, StreamShard shard) => (kept.GetValueOrDefault(stream.Number)?.FindShard(shard.Id) ?? shard).Last;

    void Save(WriteTurn turn, StreamState stream)
    {
        var before = streams.GetValueOrDefault(stream.Number);
        streams[stream.Number] = stream;
        turn.OnFailure(() =>
        {
            if (before is null) streams.TryRemove(stream.Number, out _);
            else streams[stream.Number] = before;
        });
        turn.OnKept(() => kept[stream.Number] = stream);
        turn.SaveRow(database.Streams, StreamRecord.KeyOf(stream.Number, 0), JsonSerializer.SerializeToUtf8Bytes(stream, TableRowJson.Default.StreamState));
    }

    void Trim(WriteTurn turn, StreamState stream, DateTimeOffset oldest)
    {
        if (stream.Disabled < oldest)
        {
            turn.DeleteRange(database.Records, (StreamRecord.KeyOf(stream.Number, 0), StreamRecord.KeyOf(stream.Number + 1, 0)));
            turn.SaveRow(database.Streams, StreamRecord.KeyOf(stream.Number, 0), null);
            streams.TryRemove(stream.Number, out _);
            turn.OnFailure(() => streams[stream.Number] = stream);
            turn.OnKept(() => kept.TryRemove(stream.Number, out _));
            return;
        }
        var first = FirstKept(stream, oldest);
        // A stream of which nothing is too old costs no write.
        if (first.HasOlder) turn.DeleteRange(database.Records, (StreamRecord.KeyOf(stream.Number, 0), StreamRecord.KeyOf(stream.Number, first.Sequence)));
        if (stream.Shards.Any(shard => shard.Last < first.Sequence)) Save(turn, stream with { Shards = [.. stream.Shards.Where(shard => shard.Last is null || shard.Last >= first.Sequence)] });
    }

    // Records have the order of their times.
    (long Sequence, bool HasOlder) FirstKept(StreamState stream, DateTimeOffset oldest)
    {
        using var cursor = database.Rocks.Walk(database.Records, StreamRecord.KeyOf(stream.Number, 0), StreamRecord.KeyOf(stream.Number, long.MaxValue));
        var hasOlder = false;
        for (; cursor.MoveNext(); hasOlder = true)
            if (StreamRecord.TimeOf(cursor.Value) >= oldest) return (StreamRecord.SequenceOf(cursor.Key), hasOlder);
        return (turns.Counts[stream.Number].Items + 1, hasOlder);
    }
}

/// <param name="Position">From where to read on.</param>
/// <param name="IsEnd">The shard is closed, and nothing lies behind this page.</param>
public sealed record StreamPage(IReadOnlyList<StreamRecord> Records, long Position, bool IsEnd);
