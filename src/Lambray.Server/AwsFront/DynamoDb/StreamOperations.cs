using System.Globalization;
using System.Text;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Streams;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>ListStreams, DescribeStream, GetShardIterator and GetRecords.</summary>
static class StreamOperations
{
    const int ListMax = 100;
    const int RecordsMax = 1000;

    public static Task ListStreams(HttpContext http)
    {
        var request = Read(http);
        var (home, limit) = (Home(http), request.Limit ?? ListMax);
        var streams = Streams(http).All.Where(stream => request.TableName is null || stream.TableName == request.TableName)
            .Select(stream => new StreamNameWire(stream.Arn(home).ToString(), stream.TableName, stream.Label))
            .SkipWhile(stream => request.ExclusiveStartStreamArn is not null && stream.StreamArn != request.ExclusiveStartStreamArn)
            .Skip(request.ExclusiveStartStreamArn is null ? 0 : 1).Take(limit + 1).ToArray();
        return DynamoDoor.WriteAsync(
            http, new ListStreamsAnswer([.. streams.Take(limit)], streams.Length > limit ? streams[limit - 1].StreamArn : null), DynamoJson.Wire.ListStreamsAnswer);
    }

    public static Task DescribeStream(HttpContext http)
    {
        var request = Read(http);
        var stream = Find(http, request.StreamArn);
        var limit = request.Limit ?? ListMax;
        var shards = stream.Shards.SkipWhile(shard => request.ExclusiveStartShardId is not null && shard.Id != request.ExclusiveStartShardId)
            .Skip(request.ExclusiveStartShardId is null ? 0 : 1).Take(limit + 1).ToArray();
        var description = new StreamDescriptionWire
        {
            StreamArn = stream.Arn(Home(http)).ToString(),
            StreamLabel = stream.Label,
            StreamStatus = stream.Disabled is null ? "ENABLED" : "DISABLED",
            StreamViewType = StreamWire.NameOf(stream.View),
            CreationRequestDateTime = TableDescriptionWire.Seconds(stream.CreationTime),
            TableName = stream.TableName,
            KeySchema = [.. stream.Key.Attributes.Select(attribute => new KeyElementWire(attribute.Name, attribute == stream.Key.Partition ? "HASH" : "RANGE"))],
            Shards = [.. shards.Take(limit).Select(StreamWire.Of)],
            LastEvaluatedShardId = shards.Length > limit ? shards[limit - 1].Id : null,
        };
        return DynamoDoor.WriteAsync(http, new DescribeStreamAnswer(description), DynamoJson.Wire.DescribeStreamAnswer);
    }

    public static Task GetShardIterator(HttpContext http)
    {
        var request = Read(http);
        new Validation()
            .Require(request.ShardId is not null, null, "shardId", "Member must not be null")
            .Require(
                request.ShardIteratorType is "TRIM_HORIZON" or "LATEST" or "AT_SEQUENCE_NUMBER" or "AFTER_SEQUENCE_NUMBER", request.ShardIteratorType, "shardIteratorType",
                request.ShardIteratorType is null ? "Member must not be null" : "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]")
            .ThrowIfAny();
        var stream = Find(http, request.StreamArn);
        var shard = stream.FindShard(request.ShardId!) ?? throw ShardNotFound(stream, request.ShardId!, Home(http));
        var after = PositionOf(Streams(http), stream, shard, request);
        var now = DynamoDoor.Service<TimeProvider>(http).GetUtcNow();
        return DynamoDoor.WriteAsync(http, new ShardIteratorAnswer(new ShardIterator(stream.Arn(Home(http)).ToString(), shard.Id, after, now).ToString()), DynamoJson.Wire.ShardIteratorAnswer);
    }

    public static Task GetRecords(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.StreamRequest);
        new Validation().Require(request.ShardIterator is not null, null, "shardIterator", "Member must not be null").RequireRange(request.Limit, "limit", 1, RecordsMax).ThrowIfAny();
        var now = DynamoDoor.Service<TimeProvider>(http).GetUtcNow();
        var iterator = ShardIterator.Parse(request.ShardIterator!, now);
        var (home, streams) = (Home(http), Streams(http));
        var stream = streams.Find(iterator.StreamArn) ?? throw StreamNotFound(iterator.StreamArn);
        DynamoDoor.Request(http).Table = stream.TableName;
        var shard = stream.FindShard(iterator.ShardId) ?? throw ShardNotFound(stream, iterator.ShardId, home);
        var page = streams.Read(stream, shard, iterator.After, request.Limit ?? RecordsMax);
        return DynamoDoor.WriteAsync(
            http,
            new GetRecordsAnswer(
                [.. page.Records.Select(record => StreamWire.Of(stream, record, home))], page.IsEnd ? null : (iterator with { After = page.Position, Issued = now }).ToString()),
            DynamoJson.Wire.GetRecordsAnswer);
    }

    static StreamRequest Read(HttpContext http)
    {
        var request = DynamoDoor.Read(http, DynamoJson.Wire.StreamRequest);
        new Validation().RequireRange(request.Limit, "limit", 1, ListMax).ThrowIfAny();
        return request;
    }

    static StreamState Find(HttpContext http, string? arn)
    {
        new Validation().Require(arn is not null, null, "streamArn", "Member must not be null").RequireLength(arn, "streamArn", 37, 1024).ThrowIfAny();
        var stream = Streams(http).Find(arn!) ?? throw StreamNotFound(arn!);
        DynamoDoor.Request(http).Table = stream.TableName;
        return stream;
    }

    static long PositionOf(TableStreams streams, StreamState stream, StreamShard shard, StreamRequest request)
    {
        var horizon = streams.TrimHorizon(stream, shard);
        if (request.ShardIteratorType == "TRIM_HORIZON") return horizon;
        if (request.ShardIteratorType == "LATEST") return streams.Latest(stream, shard);
        if (request.SequenceNumber is null)
            throw DynamoErrors.Invalid($"Invalid request: SequenceNumber is required for ShardIteratorType {request.ShardIteratorType}");
        if (SequenceNumber.Find(request.SequenceNumber) is not { } number || number < shard.First || number > (shard.Last ?? streams.Latest(stream, shard)))
            throw DynamoErrors.Invalid(
                $"Invalid SequenceNumber: {request.SequenceNumber} is not valid for shard {shard.Id}");
        if (number > shard.First && number <= horizon)
            throw new AwsException(
                "TrimmedDataAccessException", 400, $"The operation attempted to read past the oldest stream record in a shard: sequence number {request.SequenceNumber}");
        return request.ShardIteratorType == "AT_SEQUENCE_NUMBER" ? number - 1 : number;
    }

    static TableStreams Streams(HttpContext http) => DynamoDoor.Service<TableStreams>(http);

    static AwsHome Home(HttpContext http) => DynamoDoor.Service<AwsHome>(http);

    static AwsException StreamNotFound(string arn) => DynamoErrors.NotFound($"Requested resource not found: Stream: {arn} not found");

    static AwsException ShardNotFound(StreamState stream, string shard, AwsHome home) =>
        DynamoErrors.NotFound($"Requested resource not found: Shard: {shard} in Stream: {stream.Arn(home)} not found");
}

/// <summary>A place in a shard, for a quarter of an hour.</summary>
sealed record ShardIterator(string StreamArn, string ShardId, long After, DateTimeOffset Issued)
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <exception cref="AwsException">It is none, or too old.</exception>
    public static ShardIterator Parse(string text, DateTimeOffset now)
    {
        var parts = text.Split('|');
        Span<byte> place = stackalloc byte[256];
        if (parts.Length == 3 && parts[2].Length < 340 && Convert.TryFromBase64String(parts[2], place, out var length)
            && Encoding.UTF8.GetString(place[..length]).Split('|') is [var shard, var after, var issued]
            && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && long.TryParse(issued, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            var iterator = new ShardIterator(parts[0], shard, position, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
            return now - iterator.Issued <= Lifetime
                ? iterator
                : throw new AwsException("ExpiredIteratorException", 400, "The shard iterator has expired; iterators last for 15 minutes.");
        }
        throw DynamoErrors.Invalid("Invalid ShardIterator");
    }

    public override string ToString()
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{ShardId}|{After}|{Issued.ToUnixTimeMilliseconds()}");
        return $"{StreamArn}|1|{Convert.ToBase64String(Encoding.UTF8.GetBytes(place))}";
    }
}
