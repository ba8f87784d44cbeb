using Lambray.Aws;
using Lambray.Resources.DynamoDb.Streams;

namespace Lambray.Functions.EventSources.Streams.DynamoDb;

/// <summary>Streams of tables as event sources.</summary>
public sealed class TableLogs(TableStreams streams, AwsHome home) : IShardedLogs
{
    public EventSourceKind Kind => EventSourceKind.DynamoDbStreams;

    public string SegmentOrigin => "AWS::DynamoDB::Table";

    public string BatchInfoName => "DDBStreamBatchInfo";

    // Recorded: without the milliseconds that Kinesis has.
    public string ArrivalFormat => "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public IShardedLog? Find(EventSourceMapping mapping) =>
        mapping.Settings.EventSourceArn is { } arn && streams.Find(arn) is { } stream ? new TableLog(streams, stream.Arn(home)) : null;
}

/// <summary>The stream of one table; its places are sequence numbers.</summary>
sealed class TableLog(TableStreams streams, Arn arn) : IShardedLog
{
    public Arn Arn => arn;

    public IReadOnlyList<LogShard> Shards =>
        [.. Get().Shards.Select(shard => new LogShard(shard.Id, shard.ParentId is { } parent ? [parent] : [], shard.Last is not null))];

    public string PlaceAt(string shard, DateTimeOffset time)
    {
        var stream = Get();
        if (stream.FindShard(shard) is not { } found) return IShardedLog.Beginning;
        // Records tell their time in whole milliseconds.
        return SequenceNumber.Text(streams.PositionAt(stream, found, DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())));
    }

    public LogPage Read(string shard, string after, int most, long bytesMost)
    {
        var stream = Get();
        if (stream.FindShard(shard) is not { } found) return new LogPage([], IsEnd: true);
        var page = streams.Read(stream, found, PositionOf(after), most);
        return new LogPage([.. page.Records.Select(record => TableRecordJson.Of(record, stream, arn))], page.IsEnd);
    }

    public Task WaitAsync(string shard, string after, CancellationToken stop)
    {
        var stream = Get();
        return stream.FindShard(shard) is { } found ? streams.WaitAsync(stream, found, PositionOf(after), stop) : Task.CompletedTask;
    }

    // As it is now: shards come and go.
    StreamState Get() => streams.Find(arn.ToString()) ?? throw new AwsException("ResourceNotFoundException", 400, $"Requested resource not found: Stream: {arn} not found");

    static long PositionOf(string after) => SequenceNumber.Find(after) ?? 0;
}
