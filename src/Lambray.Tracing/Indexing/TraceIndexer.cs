using Lambray.Tracing.Groups;
using Lambray.Tracing.Intake;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;
using Microsoft.Extensions.Logging;

namespace Lambray.Tracing.Indexing;

/// <summary>Keeps the index true to the documents: what has arrived is merged, summed up and counted, many traces at a time.</summary>
/// <remarks>
/// A trace is read anew when documents of it arrive, but at most once in each round; in a quiet moment that is a tenth of a second later.
/// What a crash leaves undone, the store remembers.
/// </remarks>
public sealed partial class TraceIndexer : IArrivals, IAsyncDisposable
{
    static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan CatchUpMax = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan GivesWayMax = TimeSpan.FromSeconds(1);
    static readonly TimeSpan GivesWayPause = TimeSpan.FromMilliseconds(10);
    const int TracesPerPut = 512;
    const int TracesAtStopMax = 1000;

    readonly ITraceIndex index;
    readonly TraceEntries entries;
    readonly IntakeBacklog intake;
    readonly TimeProvider time;
    readonly ILogger log;
    readonly PendingTraces pending = new();
    readonly IndexProgress progress = new();
    readonly CancellationTokenSource stop = new();
    readonly Task rounds;

    /// <summary>Traces can be found that could not, or have changed. Raised once for many of them.</summary>
    public event Action? Indexed;

    /// <summary>Begins with what was left undone.</summary>
    public TraceIndexer(ITraceStore store, ITraceIndex index, TraceGroups groups, IntakeBacklog intake, TimeProvider time, ILogger<TraceIndexer> log)
    {
        (this.index, this.intake, this.time, this.log) = (index, intake, time, log);
        entries = new TraceEntries(store, index, groups);
        pending.Add(index.FindUnindexed());
        store.Tell(this);
        rounds = Task.Run(IndexRoundsAsync);
    }

    /// <summary>Waits while so much is unindexed that memory would not hold more: then the store waits too, and those who send.</summary>
    public void Add(IReadOnlyList<StoredDocument> documents, long arrival) => pending.Add(documents, arrival);

    /// <summary>Has what arrived before the call indexed at once, so that whoever asks sees what he sent; under a great load he waits half a second at most.</summary>
    public async Task CatchUpAsync()
    {
        var reached = progress.ReachAsync(pending.LastArrival);
        if (reached.IsCompleted) return;
        try
        {
            await reached.WaitAsync(CatchUpMax, time);
        }
        catch (TimeoutException)
        {
            // What is newer than the index is seen a little later.
        }
    }

    /// <summary>Indexes what has arrived, unless it is much: then the next start does.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await rounds;
        stop.Dispose();
        pending.Dispose();
    }

    async Task IndexRoundsAsync()
    {
        while (!stop.IsCancellationRequested && await WaitForSomeAsync())
        {
            await Task.WhenAny(Task.Delay(RoundLength, time, stop.Token), progress.Wanted);
            await IndexAsync();
        }
        if (pending.Count <= TracesAtStopMax) await IndexAsync();
    }

    async Task<bool> WaitForSomeAsync()
    {
        try
        {
            await pending.Some.WaitAsync(stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    async Task IndexAsync()
    {
        var (traces, through) = pending.Take();
        try
        {
            // In the order of their time: those that are close share cells of the map, and files of the store.
            foreach (var part in traces.OrderBy(trace => trace.Key).Chunk(TracesPerPut))
            {
                if (stop.IsCancellationRequested && traces.Count > TracesAtStopMax)
                {
                    // They are too many still, and wait for the next start.
                    pending.Add(traces.Keys);
                    return;
                }
                await GiveWayAsync();
                await index.PutAsync(await BuildAsync(part), time.GetUtcNow(), progress.Through);
            }
            await index.PutAsync([], time.GetUtcNow(), through);
            progress.Advance(through);
            Indexed?.Invoke();
        }
        // The disk failed: the documents are as they were, and are tried again with the next round.
        catch (IOException error)
        {
            LogFailed(error, traces.Count);
            pending.Add(traces.Keys);
        }
    }

    // What waits in memory may have to be dropped, and senders wait for their answers; the index only comes later. But come it must, however long the flood lasts.
    async Task GiveWayAsync()
    {
        var since = time.GetTimestamp();
        while (intake.IsLarge && !stop.IsCancellationRequested && time.GetElapsedTime(since) < GivesWayMax)
            await Task.Delay(GivesWayPause, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task<List<TraceEntry>> BuildAsync(KeyValuePair<TraceId, PendingTrace>[] traces)
    {
        var built = new List<TraceEntry>(traces.Length);
        foreach (var (id, arrived) in traces)
        {
            try
            {
                built.Add(await entries.OfAsync(id, arrived));
            }
            // Whatever is wrong with one trace must not keep all others from being found; a failing disk concerns them all.
            catch (Exception error) when (error is not IOException)
            {
                LogUnreadable(error, id);
            }
        }
        return built;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Count} traces could not be indexed yet: the trace store failed")]
    partial void LogFailed(Exception error, int count);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "Trace {Id} cannot be indexed")]
    partial void LogUnreadable(Exception error, TraceId id);
}
