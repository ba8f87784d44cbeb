using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Streams: made, deleted, described, listed.</summary>
static class StreamOperations
{
    const int ListSize = 100;
    const int ListSizeMax = 10_000;

    // What AWS allows an account in most regions; here they are shown and bind nobody.
    const int ShardLimit = 500;
    const int OnDemandStreamLimit = 50;

    public static async Task CreateStream(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.CreateStreamRequest);
        var name = StreamNames.Require(request.StreamName, "streamName");
        http.Features.Set(new CalledStream(name));
        new Validation()
            .RequireRange(request.ShardCount, "shardCount", 1, int.MaxValue)
            .RequireRange(request.MaxRecordSizeInKiB, "maxRecordSizeInKiB", StreamModel.RecordKibibytesMin, StreamModel.RecordKibibytesMax)
            .RequireRange(request.WarmThroughputMiBps, "warmThroughputMiBps", 0, int.MaxValue)
            .ThrowIfAny();
        var mode = request.StreamModeDetails?.StreamMode ?? (request.ShardCount is null ? StreamModel.OnDemand : StreamModel.Provisioned);
        StreamModes.Require(mode);
        if (mode == StreamModel.OnDemand && request.ShardCount is not null)
            throw KinesisErrors.Validation("ShardCount is not valid for streams of StreamMode ON_DEMAND.");
        if (mode == StreamModel.Provisioned && request.ShardCount is null) throw KinesisErrors.Validation("ShardCount is required for streams of StreamMode PROVISIONED.");
        var tags = StreamTags.Check(request.Tags ?? new Dictionary<string, string>());
        await KinesisDoor.Streams(http).CreateAsync(name, request.ShardCount, stream => stream with
        {
            Mode = mode,
            Tags = tags,
            WarmThroughput = request.WarmThroughputMiBps,
            RecordKibibytes = request.MaxRecordSizeInKiB ?? stream.RecordKibibytes,
        });
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task DeleteStream(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.DeleteStreamRequest);
        await KinesisDoor.Streams(http).DeleteAsync(KinesisDoor.StreamName(http, request), request.EnforceConsumerDeletion == true);
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task DescribeStream(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.DescribeStreamRequest);
        new Validation().RequireRange(request.Limit, "limit", 1, ListSizeMax).ThrowIfAny();
        var stream = KinesisDoor.Stream(http, request).Model;
        var (shards, more) = Page(stream.Shards, request.ExclusiveStartShardId, request.Limit ?? ListSize);
        var answer = new StreamDescriptionWire(
            stream.Name, stream.Arn(KinesisDoor.Home(http)).ToString(), KinesisWire.Active, new StreamModeWire(stream.Mode), [.. shards.Select(ShardWire.Of)], more, stream.RetentionHours,
            stream.Created.ToEpochSeconds(), [new ShardMetricsWire(stream.Metrics)], stream.EncryptionType, stream.KeyId);
        await KinesisForm.WriteAsync(http, new DescribeStreamAnswer(answer), KinesisJson.Default.DescribeStreamAnswer);
    }

    public static async Task DescribeStreamSummary(HttpContext http)
    {
        var stream = KinesisDoor.Stream(http, await KinesisForm.ReadAsync(http, KinesisJson.Default.StreamTarget)).Model;
        var answer = new StreamDescriptionSummaryWire(
            stream.Name, stream.Arn(KinesisDoor.Home(http)).ToString(), KinesisWire.Active, new StreamModeWire(stream.Mode), stream.RetentionHours, stream.Created.ToEpochSeconds(),
            [new ShardMetricsWire(stream.Metrics)], stream.EncryptionType, stream.KeyId, stream.OpenShards.Count(), stream.Consumers.Count,
            stream.WarmThroughput is { } warm ? new WarmThroughputWire(warm, warm) : null, stream.RecordKibibytes);
        await KinesisForm.WriteAsync(http, new DescribeStreamSummaryAnswer(answer), KinesisJson.Default.DescribeStreamSummaryAnswer);
    }

    public static async Task ListStreams(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ListStreamsRequest);
        new Validation().RequireRange(request.Limit, "limit", 1, ListSizeMax).ThrowIfAny();
        var now = KinesisDoor.Now(http);
        var after = request.NextToken is { } token ? ListToken.Require(token, now).Stream : request.ExclusiveStartStreamName ?? "";
        var limit = request.Limit ?? ListSize;
        var found = KinesisDoor.Streams(http).All.Select(stream => stream.Model).Where(stream => string.CompareOrdinal(stream.Name, after) > 0).Take(limit + 1).ToArray();
        var listed = found.Take(limit).ToArray();
        await KinesisForm.WriteAsync(
            http,
            new ListStreamsAnswer(
                [.. listed.Select(stream => stream.Name)], found.Length > limit, found.Length > limit ? new ListToken(listed[^1].Name, "", now).ToString() : null,
                [.. listed.Select(stream => StreamSummaryWire.Of(stream, KinesisDoor.Home(http)))]),
            KinesisJson.Default.ListStreamsAnswer);
    }

    public static Task DescribeLimits(HttpContext http)
    {
        var streams = KinesisDoor.Streams(http).All.Select(stream => stream.Model).ToArray();
        return KinesisForm.WriteAsync(
            http,
            new DescribeLimitsAnswer(
                ShardLimit, streams.Where(stream => stream.Mode == StreamModel.Provisioned).Sum(stream => stream.OpenShards.Count()),
                streams.Count(stream => stream.Mode == StreamModel.OnDemand), OnDemandStreamLimit),
            KinesisJson.Default.DescribeLimitsAnswer);
    }

    /// <summary>Shards from behind this one, and whether there are more.</summary>
    public static (IReadOnlyList<ShardModel> Shards, bool More) Page(IEnumerable<ShardModel> shards, string? after, int count)
    {
        var found = shards.Where(shard => after is null || string.CompareOrdinal(shard.Id, after) > 0).Take(count + 1).ToArray();
        return (found.Length > count ? found[..count] : found, found.Length > count);
    }
}

/// <summary>What streams are charged by in AWS, and sharded by here.</summary>
static class StreamModes
{
    public static void Require(string? mode) => new Validation()
        .Require(mode is StreamModel.Provisioned or StreamModel.OnDemand, mode, "streamModeDetails.streamMode", "Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]")
        .ThrowIfAny();
}
