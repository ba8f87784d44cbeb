using System.Globalization;
using Lambray.Functions.Registry;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Shards: listed, split, merged, scaled.</summary>
static class ShardOperations
{
    const int ListSize = 1_000;
    const int ListSizeMax = 10_000;

    static readonly string[] FilterTypes = ["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"];

    public static async Task ListShards(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.ListShardsRequest);
        new Validation()
            .RequireRange(request.MaxResults, "maxResults", 1, ListSizeMax)
            .Require(
                request.ShardFilter is null || FilterTypes.Contains(request.ShardFilter.Type), request.ShardFilter?.Type, "shardFilter.type",
                $"Member must satisfy enum value set: [{string.Join(", ", FilterTypes)}]")
            .ThrowIfAny();
        var now = KinesisDoor.Now(http);
        var (target, after, filter) = Begin(request, now);
        var stream = KinesisDoor.Stream(http, target).Model;
        var (shards, more) = StreamOperations.Page(stream.Shards.Where(shard => Fits(shard, stream, filter, now)), after, request.MaxResults ?? ListSize);
        await KinesisForm.WriteAsync(
            http, new ListShardsAnswer([.. shards.Select(ShardWire.Of)], more ? new ListToken(stream.Name, $"{shards[^1].Id}/{Text(filter)}", now).ToString() : null),
            KinesisJson.Default.ListShardsAnswer);
    }

    public static async Task SplitShard(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.SplitShardRequest);
        var shard = StreamNames.Require(request.ShardToSplit, "shardToSplit");
        new Validation().Require(request.NewStartingHashKey is not null, null, "newStartingHashKey", "Member must not be null").ThrowIfAny();
        await KinesisDoor.Streams(http).SplitAsync(Provisioned(http, request).Name, shard, request.NewStartingHashKey!);
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task MergeShards(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.MergeShardsRequest);
        var (shard, adjacent) = (StreamNames.Require(request.ShardToMerge, "shardToMerge"), StreamNames.Require(request.AdjacentShardToMerge, "adjacentShardToMerge"));
        await KinesisDoor.Streams(http).MergeAsync(Provisioned(http, request).Name, shard, adjacent);
        await KinesisForm.WriteNothingAsync(http);
    }

    public static async Task UpdateShardCount(HttpContext http)
    {
        var request = await KinesisForm.ReadAsync(http, KinesisJson.Default.UpdateShardCountRequest);
        new Validation()
            .Require(request.TargetShardCount is not null, null, "targetShardCount", "Member must not be null")
            .RequireRange(request.TargetShardCount, "targetShardCount", 1, int.MaxValue)
            .Require(request.ScalingType == "UNIFORM_SCALING", request.ScalingType, "scalingType", "Member must satisfy enum value set: [UNIFORM_SCALING]")
            .ThrowIfAny();
        var stream = Provisioned(http, request);
        var (current, target) = (stream.OpenShards.Count(), request.TargetShardCount!.Value);
        if (target > current * 2)
            throw KinesisErrors.InvalidArgument($"UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: {current} Target shard count: {target}");
        if (target * 2 < current)
            throw KinesisErrors.InvalidArgument($"UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: {current} Target shard count: {target}");
        await KinesisDoor.Streams(http).ScaleAsync(stream.Name, target);
        await KinesisForm.WriteAsync(
            http, new UpdateShardCountAnswer(stream.Name, current, target, stream.Arn(KinesisDoor.Home(http)).ToString()), KinesisJson.Default.UpdateShardCountAnswer);
    }

    static StreamModel Provisioned(HttpContext http, StreamTarget target)
    {
        var stream = KinesisDoor.Stream(http, target).Model;
        return stream.Mode == StreamModel.Provisioned
            ? stream
            : throw KinesisErrors.Validation($"Request is invalid. Stream {stream.Name} under account {KinesisDoor.Home(http).AccountId} is in On-Demand mode.");
    }

    // A token carries the request that it goes on with, which therefore is not to be said again.
    static (StreamTarget Target, string? After, ShardFilterWire? Filter) Begin(ListShardsRequest request, DateTimeOffset now)
    {
        if (request.NextToken is not { } text) return (request, request.ExclusiveStartShardId, request.ShardFilter);
        if (request is not { StreamName: null, StreamArn: null, ExclusiveStartShardId: null, ShardFilter: null })
            throw KinesisErrors.InvalidArgument("NextToken and StreamName cannot be provided together.");
        var token = ListToken.Require(text, now);
        var place = token.Place.Split('/', 2);
        return (new StreamTarget { StreamName = token.Stream }, place[0], place.Length > 1 ? Filter(place[1]) : null);
    }

    static string Text(ShardFilterWire? filter) =>
        filter is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{filter.Type}/{filter.ShardId}/{filter.Timestamp?.Time.UtcTicks}");

    static ShardFilterWire? Filter(string text) => text.Split('/') is [var type, var shard, var ticks]
        ? new ShardFilterWire(type, shard, long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? new WireTimestamp(new DateTimeOffset(time, TimeSpan.Zero)) : null)
        : null;

    static bool Fits(ShardModel shard, StreamModel stream, ShardFilterWire? filter, DateTimeOffset now)
    {
        var horizon = (now - stream.Retention).UtcTicks;
        return filter?.Type switch
        {
            null or "FROM_TRIM_HORIZON" => true,
            "AFTER_SHARD_ID" => string.CompareOrdinal(shard.Id, filter.ShardId ?? throw Missing("ShardId", filter)) > 0,
            // Before the stream was made its first shards stand for the beginning.
            "AT_TRIM_HORIZON" => shard.WasOpenAt(Math.Max(horizon, stream.Created.UtcTicks)) || (shard.Opened <= horizon && shard.Closed is null),
            "AT_LATEST" => shard.IsOpen,
            "AT_TIMESTAMP" => shard.WasOpenAt(TimeOf(filter)),
            _ => shard.Closed is null || shard.Closed >= TimeOf(filter),
        };
    }

    static long TimeOf(ShardFilterWire filter) => filter.Timestamp?.Time.UtcTicks ?? throw Missing("Timestamp", filter);

    static Lambray.Aws.AwsException Missing(string member, ShardFilterWire filter) => KinesisErrors.InvalidArgument($"{member} is required with a ShardFilter of type {filter.Type}.");
}
