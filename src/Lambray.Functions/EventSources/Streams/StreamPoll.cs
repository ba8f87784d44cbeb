namespace Lambray.Functions.EventSources.Streams;

/// <summary>One mapping's poll of one stream: every shard that may be read is, and none before its parents are done.</summary>
sealed class StreamPoll(StreamMapping mapping, StreamPositions positions, TimeProvider time)
{
    readonly Dictionary<string, ShardProgress> progress = positions.Load(mapping.Uuid);
    readonly Dictionary<string, Task> polls = [];

    public async Task RunAsync(CancellationToken stop)
    {
        // One shard that cannot be read ends the others too: all of them are begun anew.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            if (progress.Count == 0) await BeginAsync();
            while (true)
            {
                var shards = mapping.Log.Shards;
                await ForgetAsync(shards);
                foreach (var shard in shards.Where(shard => IsReadable(shard, shards))) polls.Add(shard.Id, PollAsync(shard, end.Token));
                // A stream that was closed as a whole has nothing more, ever.
                if (polls.Count == 0) await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
                // Shards come from shards that end, so that there is nothing new before one does.
                var ended = await Task.WhenAny(polls.Values);
                var id = polls.First(poll => poll.Value == ended).Key;
                polls.Remove(id);
                await ended;
                progress[id] = new ShardProgress(IShardedLog.Beginning, IsDone: true);
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(polls.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Where a mapping begins is settled once: what comes after is never skipped, whenever the server stops.
    async Task BeginAsync()
    {
        var settings = mapping.Mapping.Settings;
        foreach (var shard in mapping.Log.Shards)
            progress[shard.Id] = settings.StartingPosition switch
            {
                // From when it was asked for, not from when the poll got to it; a shard may have been closed in between.
                "LATEST" => new ShardProgress(mapping.Log.PlaceAt(shard.Id, mapping.Mapping.LastModified)),
                "AT_TIMESTAMP" => new ShardProgress(mapping.Log.PlaceAt(shard.Id, TimeOf(settings.StartingPositionTimestamp!.Value))),
                _ => new ShardProgress(IShardedLog.Beginning),
            };
        await positions.SaveAsync(mapping.Uuid, () => progress.Select(shard => (shard.Key, shard.Value)));
    }

    async Task ForgetAsync(IReadOnlyList<LogShard> shards)
    {
        var gone = progress.Keys.Except(shards.Select(shard => shard.Id)).Where(shard => !polls.ContainsKey(shard)).ToArray();
        if (gone.Length == 0) return;
        foreach (var shard in gone) progress.Remove(shard);
        await positions.ForgetAsync(mapping.Uuid, gone);
    }

    bool IsReadable(LogShard shard, IReadOnlyList<LogShard> shards) =>
        !polls.ContainsKey(shard.Id) && !IsDone(shard) && shard.Parents.All(parent => shards.FirstOrDefault(kept => kept.Id == parent) is not { } kept || IsDone(kept));

    // What is said to be done of an open shard was another's, of a stream that had this one's name.
    bool IsDone(LogShard shard) => shard.IsClosed && progress.GetValueOrDefault(shard.Id)?.IsDone == true;

    async Task PollAsync(LogShard shard, CancellationToken stop)
    {
        await Task.Yield();
        var poll = new ShardPoll(mapping, shard.Id, progress.GetValueOrDefault(shard.Id) is { IsDone: false } begun ? begun : new ShardProgress(IShardedLog.Beginning), positions, time);
        await poll.RunAsync(stop);
    }

    static DateTimeOffset TimeOf(double seconds) => DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds);
}
