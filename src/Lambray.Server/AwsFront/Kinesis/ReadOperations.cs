using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Reads shards: iterators and what stands behind them.</summary>
static class ReadOperations
{
    const int RecordsMax = 10_000;
    const long BytesMax = 10 * 1024 * 1024;

    static readonly string[] IteratorTypes = ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", "TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"];

    public static async Task GetShardIterator(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.GetShardIteratorRequest);
        new Validation()
            .Require(request.ShardIteratorType is not null, null, "shardIteratorType", "Member must not be null")
            .Require(
                request.ShardIteratorType is null || IteratorTypes.Contains(request.ShardIteratorType), request.ShardIteratorType, "shardIteratorType",
                $"Member must satisfy enum value set: [{string.Join(", ", IteratorTypes)}]")
            .ThrowIfAny();
        var stream = KinesisDoor.Stream(http, request);
        var account = KinesisDoor.Home(http).AccountId;
        var shard = StreamNames.Shard(stream.Model, request.ShardId, account);
        var now = KinesisDoor.Now(http);
        var position = request.ShardIteratorType switch
        {
            "AT_SEQUENCE_NUMBER" => RequireNumber(request, stream.Model, shard, account),
            "AFTER_SEQUENCE_NUMBER" => RequireNumber(request, stream.Model, shard, account) + 1,
            "AT_TIMESTAMP" => RequireTime(request, now).UtcTicks,
            "LATEST" => shard.Closed ?? stream.Tip,
            _ => 0,
        };
        await KinesisForm.WriteAsync(http, new GetShardIteratorAnswer(new ShardIterator(stream.Model.Name, shard.Number, position).Text(now)), KinesisJson.Default.GetShardIteratorAnswer);
    }

    public static async Task GetRecords(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.GetRecordsRequest);
        new Validation()
            .Require(request.ShardIterator is not null, null, "shardIterator", "Member must not be null")
            .RequireRange(request.Limit, "limit", 1, RecordsMax)
            .ThrowIfAny();
        var now = KinesisDoor.Now(http);
        var iterator = ShardIterator.Require(request.ShardIterator!, now);
        http.Features.Set(new CalledStream(iterator.Stream));
        var stream = KinesisDoor.Streams(http).Get(iterator.Stream);
        var began = KinesisDoor.Time(http).GetTimestamp();
        var page = stream.Read(iterator.Shard, iterator.Position, request.Limit ?? RecordsMax, BytesMax);
        KinesisDoor.Metrics(http).Read(iterator.Stream, page, KinesisDoor.Time(http).GetElapsedTime(began));
        await KinesisForm.WriteAsync(
            http,
            new GetRecordsAnswer(
                [.. page.Records.Select(record => Record(record, stream.Model))], page.IsEnd ? null : (iterator with { Position = page.Next }).Text(now),
                (long)page.Behind.TotalMilliseconds, page.IsEnd ? Children(stream.Model, iterator.Shard) : null),
            KinesisJson.Default.GetRecordsAnswer);
    }

    static RecordWire Record(StreamRecord record, StreamModel stream) => new(
        record.Number.ToString(), double.Round(record.Arrival.ToEpochSeconds(), 3), record.Data, record.PartitionKey, KinesisWire.EncryptionShown(stream));

    static IReadOnlyList<ChildShardWire> Children(StreamModel stream, int shard) =>
    [
        .. stream.Shards.Where(child => child.Parents.Contains(shard))
            .Select(child => new ChildShardWire(child.Id, [.. child.Parents.Select(ShardModel.IdOf)], HashKeyRangeWire.Of(child.Keys))),
    ];

    static long RequireNumber(GetShardIteratorRequest request, StreamModel stream, ShardModel shard, string account)
    {
        if (request.StartingSequenceNumber is not { } text)
            throw KinesisErrors.InvalidArgument($"Must either specify a starting sequence number or use another iterator type than {request.ShardIteratorType}.");
        if (!SequenceNumber.TryParse(text, out var number) || number.Shard != shard.Number)
            throw KinesisErrors.InvalidArgument(
                $"StartingSequenceNumber {text} used in GetShardIterator on shard {shard.Id} in stream {stream.Name} under account {account} is invalid.");
        return number.Position;
    }

    static DateTimeOffset RequireTime(GetShardIteratorRequest request, DateTimeOffset now)
    {
        if (request.Timestamp?.Time is not { } time) throw KinesisErrors.InvalidArgument("Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.");
        return time <= now
            ? time
            : throw KinesisErrors.InvalidArgument(
                "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. " +
                $"timestampInMillis: {time.ToUnixTimeMilliseconds()}, currentTimestampInMillis: {now.ToUnixTimeMilliseconds()}");
    }
}
