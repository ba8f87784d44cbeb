using Lambray.Aws;

namespace Lambray.Resources.Kinesis;

/// <summary>How the shards of a stream are split and merged ("Resharding a stream" in the Kinesis Developer Guide): models in, models out.</summary>
static class Resharding
{
    /// <exception cref="AwsException">There is no such open shard, or it cannot be split there.</exception>
    public static IReadOnlyList<ShardModel> Split(StreamModel stream, string shardId, string newStart, string account, long position)
    {
        var shard = RequireOpen(stream, shardId, account);
        if (!HashKeyRange.TryParseKey(newStart, out var cut) || shard.Keys.Start == shard.Keys.End || cut <= shard.Keys.Start + 1 || cut >= shard.Keys.End)
            throw KinesisErrors.InvalidArgument(
                $"NewStartingHashKey {newStart} used in SplitShard() on shard {shardId} in stream {stream.Name} under account {account} is not both greater than one plus the shard's " +
                $"StartingHashKey {HashKeyRange.Text(shard.Keys.Start)} and less than the shard's EndingHashKey {HashKeyRange.Text(shard.Keys.End)}.");
        return Cut(stream.Shards, shard, cut, position);
    }

    /// <exception cref="AwsException">There are no such open shards, or their keys do not follow each other.</exception>
    public static IReadOnlyList<ShardModel> Merge(StreamModel stream, string shardId, string adjacentId, string account, long position)
    {
        var (shard, adjacent) = (RequireOpen(stream, shardId, account), RequireOpen(stream, adjacentId, account));
        if (!shard.Keys.IsBeside(adjacent.Keys))
            throw KinesisErrors.InvalidArgument($"Shards {shardId} and {adjacentId} in stream {stream.Name} under account {account} are not an adjacent pair of shards eligible for merging");
        return Join(stream.Shards, shard, adjacent, position);
    }

    /// <summary>Splits and merges until there are so many shards of one size, as UpdateShardCount does; those that are as they are to be stay.</summary>
    /// <param name="position">Gives a new position at each call.</param>
    public static IReadOnlyList<ShardModel> Scale(IReadOnlyList<ShardModel> shards, int count, Func<long> position)
    {
        foreach (var range in HashKeyRange.Uniform(count))
        {
            // What reaches over an edge is cut there, then what lies between the edges is joined.
            if (Open(shards).FirstOrDefault(shard => shard.Keys.Start < range.Start && shard.Keys.End >= range.Start) is { } lower) shards = Cut(shards, lower, range.Start, position());
            if (Open(shards).FirstOrDefault(shard => shard.Keys.Start <= range.End && shard.Keys.End > range.End) is { } upper) shards = Cut(shards, upper, range.End + 1, position());
            while (Open(shards).Where(shard => shard.Keys.Start >= range.Start && shard.Keys.End <= range.End).OrderBy(shard => shard.Keys.Start).Take(2).ToArray() is [var first, var second])
                shards = Join(shards, first, second, position());
        }
        return shards;
    }

    static IEnumerable<ShardModel> Open(IReadOnlyList<ShardModel> shards) => shards.Where(shard => shard.IsOpen);

    static IReadOnlyList<ShardModel> Cut(IReadOnlyList<ShardModel> shards, ShardModel shard, UInt128 at, long position)
    {
        var (lower, upper) = shard.Keys.CutAt(at);
        var next = shards[^1].Number + 1;
        return [.. Close(shards, shard, position), new ShardModel(next, lower, shard.Number, null, position), new ShardModel(next + 1, upper, shard.Number, null, position)];
    }

    static IReadOnlyList<ShardModel> Join(IReadOnlyList<ShardModel> shards, ShardModel shard, ShardModel adjacent, long position) =>
    [
        .. Close(Close(shards, shard, position), adjacent, position),
        new ShardModel(shards[^1].Number + 1, HashKeyRange.Join(shard.Keys, adjacent.Keys), shard.Number, adjacent.Number, position),
    ];

    static IReadOnlyList<ShardModel> Close(IEnumerable<ShardModel> shards, ShardModel closed, long position) =>
        [.. shards.Select(shard => shard.Number == closed.Number ? shard with { Closed = position } : shard)];

    static ShardModel RequireOpen(StreamModel stream, string shardId, string account)
    {
        if (!ShardModel.TryParseId(shardId, out var number) || stream.FindShard(number) is not { } shard)
            throw KinesisErrors.NotFound($"Could not find shard {shardId} in stream {stream.Name} under account {account}.");
        if (!shard.IsOpen)
            throw KinesisErrors.InvalidArgument(
                $"Shard {shardId} in stream {stream.Name} under account {account} has already been merged or split, and thus is not eligible for merging or splitting.");
        return shard;
    }
}
