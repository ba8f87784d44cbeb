using System.Globalization;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.EventSources;
using Lambray.Functions.EventSources.Streams;

namespace Lambray.Tests.Functions.EventSources.Streams;

/// <summary>A stream in memory: shards of records <c>{"n": …, "key": …}</c>, split and merged as a test wants.</summary>
sealed class MemoryLog(TimeProvider time) : IShardedLog, IShardedLogs
{
    readonly Lock gate = new();
    readonly List<Shard> shards = [];
    int numbers;
    TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Arn Arn => new("aws", "kinesis", "eu-central-1", "123456789012", "stream/memory");

    public EventSourceKind Kind => EventSourceKind.Kinesis;

    public string SegmentOrigin => "AWS::Kinesis::Stream";

    public string BatchInfoName => "KinesisBatchInfo";

    public string ArrivalFormat => "O";

    public IReadOnlyList<LogShard> Shards
    {
        get
        {
            lock (gate) return [.. shards.Select(shard => new LogShard(shard.Id, shard.Parents, shard.IsClosed))];
        }
    }

    public IReadOnlyList<string> Open => [.. Shards.Where(shard => !shard.IsClosed).Select(shard => shard.Id)];

    public IShardedLog? Find(EventSourceMapping mapping) => this;

    public string AddShard(params string[] parents)
    {
        lock (gate)
        {
            foreach (var shard in shards.Where(shard => parents.Contains(shard.Id))) shard.IsClosed = true;
            shards.Add(new Shard($"shard-{shards.Count}", parents));
            Announce();
            return shards[^1].Id;
        }
    }

    public string Put(string shard, string key, int number)
    {
        lock (gate)
        {
            var sequence = Text(++numbers);
            var json = Encoding.UTF8.GetBytes($$"""{"n":{{number}},"key":"{{key}}"}""");
            shards.Single(one => one.Id == shard).Records.Add(new LogRecord(sequence, key, time.GetUtcNow(), json) { ForFilter = () => JsonElement.Parse(json) });
            Announce();
            return sequence;
        }
    }

    public string PlaceAt(string shard, DateTimeOffset from)
    {
        lock (gate) return shards.Single(one => one.Id == shard).Records.LastOrDefault(record => record.Arrival < from)?.SequenceNumber ?? IShardedLog.Beginning;
    }

    public LogPage Read(string shard, string after, int most, long bytesMost)
    {
        lock (gate)
        {
            var found = shards.Single(one => one.Id == shard);
            var behind = found.Records.Where(record => string.CompareOrdinal(record.SequenceNumber, after) > 0).ToArray();
            return new LogPage([.. behind.Take(most)], found.IsClosed && behind.Length <= most);
        }
    }

    public async Task WaitAsync(string shard, string after, CancellationToken stop)
    {
        while (true)
        {
            Task next;
            lock (gate) next = news.Task;
            if (Read(shard, after, most: 1, bytesMost: 0) is { Records.Count: > 0 } or { IsEnd: true }) return;
            await next.WaitAsync(stop);
        }
    }

    static string Text(int number) => number.ToString("D8", CultureInfo.InvariantCulture);

    void Announce()
    {
        news.TrySetResult();
        news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    sealed class Shard(string id, string[] parents)
    {
        public string Id => id;

        public string[] Parents => parents;

        public List<LogRecord> Records { get; } = [];

        public bool IsClosed { get; set; }
    }
}
