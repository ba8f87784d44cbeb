using System.Threading.Channels;
using Lambray.Aws;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.DynamoDb.Items;

/// <summary>Every change of tables and items, one after the other: each sees what those before it did, and all that wait go to disk with one sync.</summary>
/// <remarks>
/// So a condition holds at the moment of its write, a transaction is a change like any other, and records of streams have the order of the
/// changes; none of it needs a lock. A change that throws has changed nothing.
/// </remarks>
public sealed class WriteTurns : IAsyncDisposable
{
    const int BatchMax = 512;
    const int WaitingMax = 20_000;

    readonly DynamoDatabase database;
    readonly Channel<Turn> turns = Channel.CreateUnbounded<Turn>(new UnboundedChannelOptions { SingleReader = true });
    readonly Task writing;
    int waiting;

    public WriteTurns(DynamoDatabase database)
    {
        this.database = database;
        Counts = new TreeCounts(database);
        writing = Task.Factory.StartNew(WriteAllAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    internal TreeCounts Counts { get; }

    /// <summary>Completes when what it changed is on disk.</summary>
    /// <param name="change">Called by the writer; quick.</param>
    /// <exception cref="AwsException">What the change threw; or too many wait already.</exception>
    internal async Task<T> TakeAsync<T>(Func<WriteTurn, T> change)
    {
        if (Volatile.Read(ref waiting) >= WaitingMax) throw new AwsException("ThrottlingException", 400, "The disk is far behind what is written; try again.");
        var result = default(T);
        var turn = new Turn(write => result = change(write));
        Interlocked.Increment(ref waiting);
        ObjectDisposedException.ThrowIf(!turns.Writer.TryWrite(turn), this);
        await turn.Done.Task;
        return result!;
    }

    public async ValueTask DisposeAsync()
    {
        turns.Writer.TryComplete();
        await writing;
    }

    async Task WriteAllAsync()
    {
        var batch = new List<Turn>(BatchMax);
        while (await turns.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchMax && turns.Reader.TryRead(out var turn)) batch.Add(turn);
            Write(batch);
            Interlocked.Add(ref waiting, -batch.Count);
            batch.Clear();
        }
    }

    void Write(List<Turn> batch)
    {
        using var writes = new RocksBatch();
        var state = new BatchState(database);
        var kept = new List<WriteTurn>(batch.Count);
        foreach (var turn in batch)
        {
            var write = new WriteTurn(state);
            try
            {
                turn.Change(write);
                write.Keep(writes, Counts);
                kept.Add(write);
            }
            // The caller's mistake, or ours: it is told once what came before it is on disk.
            catch (Exception error)
            {
                write.Undo();
                turn.Error = error;
            }
        }
        try
        {
            if (kept.Exists(write => write.HasChanges))
            {
                Counts.Save(writes);
                database.Rocks.Write(writes, sync: true);
            }
        }
        catch (Exception error)
        {
            // Nothing of the batch was kept; what it had changed in memory is put back, the last first.
            for (var i = kept.Count - 1; i >= 0; i--) kept[i].Undo(Counts);
            batch.ForEach(turn => turn.Done.TrySetException(turn.Error ?? error));
            return;
        }
        kept.ForEach(write => write.Tell());
        foreach (var turn in batch)
        {
            if (turn.Error is { } error) turn.Done.TrySetException(error);
            else turn.Done.TrySetResult();
        }
    }

    sealed record Turn(Action<WriteTurn> Change)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Error { get; set; }
    }
}
