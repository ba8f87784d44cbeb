using System.Diagnostics;

namespace Lambray.Daemon.Receiving;

/// <summary>A document that waits, in the buffer that it was received into.</summary>
readonly record struct WaitingSegment(int Buffer, int Offset, int Length);

/// <summary>Documents on their way from the receiver to the senders, and the buffers that are free. A full queue drops its oldest.</summary>
/// <remarks>
/// Each buffer is free, in the hand of the receiver, or holds a document that waits or that a sender copies.
/// <code>
/// ring:   … | buffer 7, 30–812 | buffer 2, 30–1456 | buffer 0, 33–420 | …      first, count
/// free:   9 8 6 5 4 3                                                          the last one given back is the next one used,
///                                                                              so that few are ever touched when little comes
/// </code>
/// Receiving costs one lock and no allocation; senders are woken only when a batch may be due.
/// </remarks>
sealed class SegmentQueue : IDisposable
{
    // Those of AWS's daemon.
    const int BatchMax = 50;
    static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(1);

    // After so long without a document the memory of a busy time is given back.
    static readonly TimeSpan RestAfter = TimeSpan.FromSeconds(2);

    readonly Lock gate = new();
    readonly TimeProvider time;
    readonly DatagramBuffers buffers;
    readonly DaemonCounters counters;
    readonly WaitingSegment[] ring;
    readonly int[] free;
    readonly SemaphoreSlim turn = new(1);
    readonly SemaphoreSlim wake = new(0);
    readonly ITimer alarm;
    readonly ITimer rest;
    int freeCount;
    int inHand;
    int first;
    int count;
    long oldestSince;
    bool isWakeSet;
    bool isClosed;

    public SegmentQueue(DatagramBuffers buffers, DaemonCounters counters, TimeProvider time)
    {
        this.buffers = buffers;
        this.time = time;
        this.counters = counters;
        ring = new WaitingSegment[buffers.Count];
        free = [.. Enumerable.Range(0, buffers.Count)];
        freeCount = buffers.Count;
        BatchSize = Math.Min(BatchMax, buffers.Count);
        alarm = time.CreateTimer(_ => Wake(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        rest = time.CreateTimer(_ => Rest(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The most documents that one request takes.</summary>
    public int BatchSize { get; }

    /// <summary>A first buffer for the receiver; there is one receiver.</summary>
    public int Rent()
    {
        lock (gate) return inHand = free[--freeCount];
    }

    /// <summary>Gives a buffer back that holds nothing any more.</summary>
    public void Return(int buffer)
    {
        lock (gate) free[freeCount++] = buffer;
    }

    /// <summary>Gives back the buffers of documents that have been taken and copied.</summary>
    public void Return(ReadOnlySpan<WaitingSegment> taken)
    {
        lock (gate)
            foreach (var segment in taken) free[freeCount++] = segment.Buffer;
    }

    /// <summary>Adds a document and gives the receiver another buffer in return for its own.</summary>
    /// <param name="fate">Whether this, or another document in its place, was lost for want of buffers.</param>
    public int Exchange(WaitingSegment received, out SegmentFate fate)
    {
        bool isDue;
        int next;
        lock (gate)
        {
            Debug.Assert(freeCount + count < ring.Length, "The receiver's own buffer is neither free nor in the ring.");
            fate = freeCount > 0 ? SegmentFate.Kept : count > 0 ? SegmentFate.KeptInPlaceOfOldest : SegmentFate.Dropped;
            if (fate != SegmentFate.Kept) counters.CountSpilled();
            if (fate == SegmentFate.Dropped) return received.Buffer;

            next = fate == SegmentFate.Kept ? free[--freeCount] : DequeueUnsynchronized().Buffer;
            if (count == 0) oldestSince = time.GetTimestamp();
            ring[(first + count++) % ring.Length] = received;
            // The first one sets the alarm; afterwards only a full batch is news.
            isDue = count == 1 || count == BatchSize || freeCount == 0;
            inHand = next;
        }
        if (isDue) Wake();
        return next;
    }

    /// <summary>Waits for a batch: a full one, or what is there after a second, or at once when no buffer is left.</summary>
    /// <returns>How many documents were put into <paramref name="batch"/>; 0 when the queue is closed and empty.</returns>
    public async ValueTask<int> TakeAsync(Memory<WaitingSegment> batch)
    {
        await turn.WaitAsync();
        try
        {
            while (true)
            {
                if (TryTake(batch.Span, out var taken)) return taken;
                await wake.WaitAsync();
                Volatile.Write(ref isWakeSet, false);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Nothing more will come: senders get what is left.</summary>
    public void Close()
    {
        lock (gate) isClosed = true;
        Wake();
    }

    public void Dispose()
    {
        alarm.Dispose();
        rest.Dispose();
    }

    bool TryTake(Span<WaitingSegment> batch, out int taken)
    {
        lock (gate)
        {
            taken = 0;
            var waited = count == 0 ? TimeSpan.Zero : time.GetElapsedTime(oldestSince);
            if (!isClosed && count < BatchSize && (count == 0 || (freeCount > 0 && waited < WaitMax)))
            {
                if (count > 0) alarm.Change(WaitMax - waited, Timeout.InfiniteTimeSpan);
                return false;
            }
            while (count > 0 && taken < BatchSize) batch[taken++] = DequeueUnsynchronized();
            // When these came is not known one by one: they wait a second more at the most.
            oldestSince = time.GetTimestamp();
            if (count == 0 && !isClosed) rest.Change(RestAfter, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    void Rest()
    {
        lock (gate)
        {
            // Under the lock, so that the receiver cannot take one of them meanwhile.
            if (count == 0 && freeCount == free.Length - 1 && !isClosed) buffers.GiveBackAllBut(inHand);
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    WaitingSegment DequeueUnsynchronized()
    {
        Debug.Assert(gate.IsHeldByCurrentThread);
        var segment = ring[first];
        first = (first + 1) % ring.Length;
        count--;
        return segment;
    }

    void Wake()
    {
        if (!Interlocked.Exchange(ref isWakeSet, true)) wake.Release();
    }
}

/// <summary>What became of a document that was received.</summary>
enum SegmentFate
{
    Kept,

    /// <summary>The oldest one that waited made way.</summary>
    KeptInPlaceOfOldest,

    /// <summary>Every buffer was being sent from.</summary>
    Dropped,
}
