using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Functions.EventSources.Streams.Kinesis;

/// <summary>Streams of Kinesis as event sources, by their own ARN or by that of a registered consumer.</summary>
public sealed class KinesisLogs(DataStreams streams, FunctionStore functions, AwsHome home) : IShardedLogs
{
    public EventSourceKind Kind => EventSourceKind.Kinesis;

    public string SegmentOrigin => "AWS::Kinesis::Stream";

    public string BatchInfoName => "KinesisBatchInfo";

    public string ArrivalFormat => "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public IShardedLog? Find(EventSourceMapping mapping)
    {
        if (!Arn.TryParse(mapping.Settings.EventSourceArn, out var arn) || streams.Find(arn) is not { } stream) return null;
        if (arn != stream.Model.Arn(home) && stream.Model.Consumers.All(consumer => consumer.Arn(stream.Model, home) != mapping.Settings.EventSourceArn)) return null;
        return new KinesisLog(stream, stream.Model.Arn(home), functions.Find(mapping.Function.Name)?.Latest.Role ?? "");
    }
}

/// <summary>One stream; its places are sequence numbers, which are times too.</summary>
sealed class KinesisLog(DataStream stream, Arn arn, string role) : IShardedLog
{
    public Arn Arn => arn;

    public IReadOnlyList<LogShard> Shards => [.. stream.Model.Shards.Select(shard => new LogShard(shard.Id, [.. shard.Parents.Select(ShardModel.IdOf)], !shard.IsOpen))];

    public string PlaceAt(string shard, DateTimeOffset time) => new SequenceNumber(time.UtcTicks - 1, NumberOf(shard)).ToString();

    public LogPage Read(string shard, string after, int most, long bytesMost)
    {
        var page = stream.Read(NumberOf(shard), PositionBehind(after), most, bytesMost);
        return new LogPage([.. page.Records.Select(record => KinesisRecordJson.Of(record, shard, arn, role))], page.IsEnd);
    }

    public async Task WaitAsync(string shard, string after, CancellationToken stop)
    {
        while (true)
        {
            // Taken before it is looked, so that nothing is missed.
            var news = stream.News(NumberOf(shard));
            if (stream.Read(NumberOf(shard), PositionBehind(after), most: 1, bytesMost: 0) is { Records.Count: > 0 } or { IsEnd: true }) return;
            await news.WaitAsync(stop);
        }
    }

    static long PositionBehind(string after) => SequenceNumber.TryParse(after, out var place) ? place.Position + 1 : 0;

    static int NumberOf(string shard) => ShardModel.TryParseId(shard, out var number) ? number : throw new ArgumentException($"{shard} is no shard of Kinesis.", nameof(shard));
}
