using System.Buffers.Binary;
using System.Threading.Channels;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Messaging;

/// <summary>Deliveries that lie in a table until they are done or given up: those that are due, some at once, and those that wait to be tried again.</summary>
/// <remarks>What a crash leaves is due at the next start, and may be delivered twice.</remarks>
sealed class DeliveryLine : IDisposable
{
    const int AtOnce = 32;
    const int WaitingMax = 1_000_000;

    readonly Channel<long> due = Channel.CreateUnbounded<long>();
    readonly PriorityQueue<long, DateTimeOffset> later = new();
    readonly Lock gate = new();
    readonly CancellationTokenSource stop = new();
    readonly MessagingDatabase database;
    readonly RocksTable table;
    readonly Func<byte[], CancellationToken, Task<DeliveryStep>> deliver;
    readonly TimeProvider time;
    readonly ITimer alarm;
    Task[] workers = [];
    long next;
    int waiting;

    /// <param name="deliver">Takes one record where it belongs. Throws nothing.</param>
    public DeliveryLine(MessagingDatabase database, RocksTable table, Func<byte[], CancellationToken, Task<DeliveryStep>> deliver, TimeProvider time)
    {
        (this.database, this.table, this.deliver, this.time) = (database, table, deliver, time);
        alarm = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var number in Left())
        {
            next = number + 1;
            waiting++;
            due.Writer.TryWrite(number);
        }
    }

    /// <summary>Whether more may be added; when not, publishers are to be refused.</summary>
    public bool HasRoom => Volatile.Read(ref waiting) <= WaitingMax;

    /// <summary>Begins to deliver, with what an earlier server left first.</summary>
    public void Start() => workers = [.. Enumerable.Range(0, AtOnce).Select(_ => WorkAsync())];

    /// <summary>Begins nothing more, and waits for what is at work; the rest is delivered after the next start.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(workers);
    }

    public void Dispose()
    {
        alarm.Dispose();
        stop.Dispose();
    }

    /// <summary>When the task completes the records are on disk, and those before them too.</summary>
    /// <param name="also">What is written in the same step.</param>
    public Task AddAsync(IReadOnlyList<byte[]> records, Action<RocksBatch>? also = null)
    {
        var first = Interlocked.Add(ref next, records.Count) - records.Count;
        Interlocked.Add(ref waiting, records.Count);
        return database.Writes.CommitAsync(
            batch =>
            {
                for (var i = 0; i < records.Count; i++) batch.Put(table, RecordBytes.Number(first + i), records[i]);
                also?.Invoke(batch);
            },
            isSynced: true,
            () =>
            {
                for (var i = 0; i < records.Count; i++) due.Writer.TryWrite(first + i);
            });
    }

    List<long> Left()
    {
        var left = new List<long>();
        using var cursor = database.Rocks.Walk(table, [], [.. Enumerable.Repeat<byte>(0xff, 9)]);
        while (cursor.MoveNext()) left.Add(BinaryPrimitives.ReadInt64BigEndian(cursor.Key));
        return left;
    }

    async Task WorkAsync()
    {
        await Task.Yield();
        try
        {
            await foreach (var number in due.Reader.ReadAllAsync(stop.Token)) await DeliverAsync(number);
        }
        catch (OperationCanceledException)
        {
            // What is left is on disk.
        }
    }

    async Task DeliverAsync(long number)
    {
        if (database.Rocks.Find(table, RecordBytes.Number(number)) is not { } record) return;
        var step = await deliver(record, stop.Token);
        if (step.Kind == DeliveryStepKind.Done)
        {
            Interlocked.Decrement(ref waiting);
            await database.Writes.CommitAsync(batch => batch.Delete(table, RecordBytes.Number(number)), isSynced: false);
        }
        else if (step.Kind == DeliveryStepKind.Again)
        {
            await database.Writes.CommitAsync(batch => batch.Put(table, RecordBytes.Number(number), step.Record!), isSynced: false);
            Later(number, step.Wait);
        }
    }

    void Later(long number, TimeSpan wait)
    {
        lock (gate)
        {
            later.Enqueue(number, time.GetUtcNow() + wait);
            SetAlarmUnsynchronized();
        }
    }

    void Ring()
    {
        lock (gate)
        {
            while (later.TryPeek(out var number, out var at) && at <= time.GetUtcNow())
            {
                later.Dequeue();
                due.Writer.TryWrite(number);
            }
            SetAlarmUnsynchronized();
        }
    }

    void SetAlarmUnsynchronized()
    {
        if (!later.TryPeek(out _, out var at)) return;
        var wait = at - time.GetUtcNow();
        alarm.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

enum DeliveryStepKind
{
    /// <summary>Delivered, or given up.</summary>
    Done,

    Again,

    /// <summary>Broken off by the server's end; it is due at the next start, as it is.</summary>
    Left,
}

/// <summary>What one attempt came to.</summary>
/// <param name="Record">As it stands on disk from now on, when it is tried again.</param>
readonly record struct DeliveryStep(DeliveryStepKind Kind, byte[]? Record = null, TimeSpan Wait = default)
{
    public static DeliveryStep Done => new(DeliveryStepKind.Done);

    public static DeliveryStep Left => new(DeliveryStepKind.Left);

    public static DeliveryStep Again(byte[] record, TimeSpan wait) => new(DeliveryStepKind.Again, record, wait);
}
