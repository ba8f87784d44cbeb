using System.IO.Hashing;
using System.Text;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>One mapping's poll of one shard: reads, filters, deals records to lanes by their keys, and remembers how far everything is done.</summary>
/// <remarks>Nothing is asked again and again: the poll lies at the shard's end until there is news.</remarks>
sealed class ShardPoll
{
    const int PageRecordsMax = 1_000;
    const long PageBytesMax = 8 * 1024 * 1024;
    const long ReadAheadBytesMax = 24 * 1024 * 1024;

    // What arrived in a window is on disk a moment later.
    static readonly TimeSpan WindowGrace = TimeSpan.FromSeconds(1);

    readonly StreamMapping mapping;
    readonly string shard;
    readonly StreamPositions positions;
    readonly TimeProvider time;
    readonly ReadAhead read;
    readonly ShardLane[] lanes;
    volatile OpenWindow? window;
    bool isEnd;

    public ShardPoll(StreamMapping mapping, string shard, ShardProgress progress, StreamPositions positions, TimeProvider time)
    {
        (this.mapping, this.shard, this.positions, this.time) = (mapping, shard, positions, time);
        read = new ReadAhead(progress.After);
        // What another length has made of the records is of no use in this one.
        window = progress.Window is { } open && mapping.Tumbling is { } length && TumblingWindow.Of(open.Start, length).Start == open.Start ? open : null;
        lanes = [.. Enumerable.Range(0, mapping.Lanes).Select(_ => new ShardLane(mapping, time))];
    }

    /// <summary>Completes when the shard was closed and all of it is done.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; what was at work is finished.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                stop.ThrowIfCancellationRequested();
                await ReadAsync();
                foreach (var lane in lanes) await BeginAsync(lane, stop);
                if (isEnd && window is null && lanes.All(lane => lane is { IsEmpty: true, AtWork: null }))
                {
                    await positions.SaveAsync(mapping.Uuid, shard, () => new ShardProgress(read.After, IsDone: true));
                    return;
                }
                await WaitAsync(stop);
            }
        }
        finally
        {
            await Task.WhenAll(lanes.Select(lane => lane.AtWork).OfType<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    bool HasRoom => !isEnd && read.Count < mapping.BatchMost * 2 * lanes.Length && read.Bytes < ReadAheadBytesMax;

    async Task ReadAsync()
    {
        var refused = 0;
        while (HasRoom)
        {
            var page = mapping.Log.Read(shard, read.ReadTo, PageRecordsMax, PageBytesMax);
            mapping.Counts.Polled(page.Records.Count);
            foreach (var record in page.Records)
            {
                var fits = !mapping.HasFilter || mapping.Filter.Fits(record.ForFilter());
                read.Add(record, isDone: !fits);
                if (fits) lanes[LaneOf(record.Key)].Add(record);
                else refused++;
            }
            isEnd = page.IsEnd;
            if (page.Records.Count == 0) break;
        }
        mapping.Counts.FilteredOut(refused);
        // With others before them they are saved when those are.
        if (refused > 0 && read.Count == 0) await SaveAsync();
    }

    async Task BeginAsync(ShardLane lane, CancellationToken stop)
    {
        if (lane.AtWork is { IsCompleted: true } finished)
        {
            lane.AtWork = null;
            // What went wrong on our side ends the poll, which is begun anew.
            await finished;
        }
        if (lane.AtWork is not null) return;
        if (IsWindowOver(lane)) lane.AtWork = EndWindowAsync(stop);
        else if (!lane.IsEmpty && lane.Due(isEnd) == TimeSpan.Zero) lane.AtWork = DeliverAsync(lane.Take(), stop);
    }

    async Task DeliverAsync(IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        await Task.Yield();
        if (mapping.Tumbling is { } length) window ??= new OpenWindow(TumblingWindow.Of(batch[0].Arrival, length).Start);
        await new BatchDelivery(mapping, shard, FinishAsync, time).RunAsync(batch, window, isFinal: false, stop);
    }

    async Task EndWindowAsync(CancellationToken stop)
    {
        await Task.Yield();
        window = await new BatchDelivery(mapping, shard, FinishAsync, time).RunAsync([], window, isFinal: true, stop);
        await SaveAsync();
    }

    Task FinishAsync(IReadOnlyList<LogRecord> records, OpenWindow? changed)
    {
        window = changed;
        read.Finish(records);
        return SaveAsync();
    }

    Task SaveAsync() => positions.SaveAsync(mapping.Uuid, shard, () => new ShardProgress(read.After, Window: window));

    // A later record, the clock, the shard's end or too large a state ends it.
    bool IsWindowOver(ShardLane lane)
    {
        if (window is not { } open) return false;
        var end = open.Start + mapping.Tumbling!.Value;
        return open.IsTerminated || (lane.FirstArrival is { } next ? next >= end : isEnd || time.GetUtcNow() >= end + WindowGrace);
    }

    // Until the log has more, a lane is through with its batch, or another batch is due.
    async Task WaitAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var events = new List<Task> { Task.Delay(UntilDue(), time, over.Token) };
        if (HasRoom) events.Add(mapping.Log.WaitAsync(shard, read.ReadTo, over.Token));
        events.AddRange(lanes.Select(lane => lane.AtWork).OfType<Task>());
        var first = await Task.WhenAny(events);
        await over.CancelAsync();
        if (first.IsFaulted) await first;
    }

    TimeSpan UntilDue()
    {
        var due = Timeout.InfiniteTimeSpan;
        foreach (var lane in lanes.Where(lane => lane.AtWork is null))
        {
            if (!lane.IsEmpty) due = Sooner(due, lane.Due(isEnd));
            else if (window is { } open) due = Sooner(due, open.Start + mapping.Tumbling!.Value + WindowGrace - time.GetUtcNow());
        }
        return due;
    }

    static TimeSpan Sooner(TimeSpan due, TimeSpan left)
    {
        if (left < TimeSpan.Zero) left = TimeSpan.Zero;
        return due == Timeout.InfiniteTimeSpan || left < due ? left : due;
    }

    // Spread evenly, and the same in every run.
    int LaneOf(string key) => lanes.Length == 1 ? 0 : (int)(XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(key)) % (uint)lanes.Length);
}
