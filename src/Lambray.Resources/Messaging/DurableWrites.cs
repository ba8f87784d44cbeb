using System.Threading.Channels;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Messaging;

/// <summary>Changes of queues and topics, written in the order in which they came; all that wait go to disk together, with one sync.</summary>
public sealed class DurableWrites : IAsyncDisposable
{
    const int BatchMax = 1024;
    const int WaitingMax = 50_000;

    readonly RocksDatabase database;
    readonly Channel<Change> changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    readonly Task writing;
    int waiting;

    internal DurableWrites(RocksDatabase database)
    {
        this.database = database;
        writing = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>Whether another change may be begun; when not, the disk is far behind and requests are to be refused.</summary>
    public bool HasRoom => Volatile.Read(ref waiting) < WaitingMax;

    /// <summary>Takes its turn at once, so that changes made under one lock are written in their order; completes when it is written.</summary>
    /// <param name="write">Called by the writer, as is <paramref name="committed"/>.</param>
    /// <param name="isSynced">Whether it must survive a power failure; every change survives the end of the process.</param>
    /// <param name="committed">Called in the order of the changes, before the task completes; quick and without exceptions.</param>
    internal Task CommitAsync(Action<RocksBatch> write, bool isSynced, Action? committed = null)
    {
        var change = new Change(write, isSynced, committed);
        Interlocked.Increment(ref waiting);
        ObjectDisposedException.ThrowIf(!changes.Writer.TryWrite(change), this);
        return change.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        changes.Writer.TryComplete();
        await writing;
    }

    async Task WriteAll()
    {
        var batch = new List<Change>(BatchMax);
        while (await changes.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchMax && changes.Reader.TryRead(out var change)) batch.Add(change);
            Write(batch);
            Interlocked.Add(ref waiting, -batch.Count);
            batch.Clear();
        }
    }

    void Write(List<Change> batch)
    {
        try
        {
            using var writes = new RocksBatch();
            foreach (var change in batch) change.Write(writes);
            database.Write(writes, batch.Exists(change => change.IsSynced));
        }
        // Nothing of the batch was kept, and each caller is told.
        catch (Exception error)
        {
            batch.ForEach(change => change.Done.TrySetException(error));
            return;
        }
        foreach (var change in batch)
        {
            change.Committed?.Invoke();
            change.Done.TrySetResult();
        }
    }

    sealed record Change(Action<RocksBatch> Write, bool IsSynced, Action? Committed)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
