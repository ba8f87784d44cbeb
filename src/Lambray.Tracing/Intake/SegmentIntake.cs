using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;
using Microsoft.Extensions.Logging;

namespace Lambray.Tracing.Intake;

/// <summary>The one door for segments, whichever wire brought them: reads, counts, and hands to the store what is good.</summary>
public sealed class SegmentIntake : IAsyncDisposable
{
    const int DocumentsInFlightMax = 10_000;

    readonly ITraceStore store;
    readonly TimeProvider time;
    readonly IntakeCounters counters = new();
    readonly IntakeBacklog backlog;
    readonly DatagramQueue datagrams;

    public SegmentIntake(ITraceStore store, IntakeBacklog backlog, TimeProvider time, ILogger<SegmentIntake> log)
    {
        this.store = store;
        this.time = time;
        this.backlog = backlog;
        datagrams = new DatagramQueue(StoreAsync, counters, backlog, log);
    }

    public IntakeCounts Counts => counters.Read();

    /// <summary>Takes a batch in; completes once the good documents are durable, and reports each of the others.</summary>
    /// <exception cref="AwsException">ThrottledException when too much is being stored already; nothing of the batch is kept.</exception>
    public Task<IReadOnlyList<UnprocessedSegment>> AcceptAsync(IReadOnlyList<ReadOnlyMemory<byte>> documents) =>
        AcceptAsync(documents.Count, () => DocumentBatch.Read(documents));

    /// <summary>As above, for segments of our own and lone subsegments that name their trace and parent.</summary>
    public Task<IReadOnlyList<UnprocessedSegment>> AcceptAsync(IReadOnlyList<SegmentEntity> entities) =>
        AcceptAsync(entities.Count, () => DocumentBatch.Write(entities));

    /// <summary>Takes in one document without waiting for the store; the bytes are copied.</summary>
    /// <returns>False when the queue is full: the document is dropped and counted.</returns>
    /// <param name="buffer">Whose memory it takes while it waits; null for the server's own.</param>
    public bool TryAccept(ReadOnlyMemory<byte> document, IDocumentBuffer? buffer = null)
    {
        counters.CountReceived();
        return datagrams.TryAdd(document, buffer);
    }

    /// <summary>As <see cref="TryAccept"/>, for a packet of the daemon's protocol; one that is malformed is counted as rejected.</summary>
    public bool TryAcceptDatagram(ReadOnlyMemory<byte> datagram, IDocumentBuffer? buffer = null)
    {
        if (DaemonDatagram.TrySplit(datagram, out var document)) return TryAccept(document, buffer);
        counters.CountReceived();
        counters.CountRejected();
        return false;
    }

    /// <summary>Stores what is still queued.</summary>
    public ValueTask DisposeAsync() => datagrams.DisposeAsync();

    async Task<IReadOnlyList<UnprocessedSegment>> AcceptAsync(int count, Func<DocumentBatch> read)
    {
        counters.CountReceived(count);
        EnterFlight(count);
        try
        {
            var batch = read();
            counters.CountReceived(batch.Count - count);
            counters.CountRejected(batch.Unprocessed.Count);
            await StoreCountedAsync(batch.Documents);
            return batch.Unprocessed;
        }
        finally
        {
            backlog.Answer(count);
        }
    }

    void EnterFlight(int documents)
    {
        if (backlog.Await(documents) <= DocumentsInFlightMax) return;
        backlog.Answer(documents);
        counters.CountDropped(documents);
        throw new AwsException(
            "ThrottledException", 429, $"More than {DocumentsInFlightMax} segment documents are being stored; send them again later.");
    }

    async Task StoreCountedAsync(IReadOnlyList<StoredDocument> documents)
    {
        try
        {
            await StoreAsync(documents);
        }
        catch
        {
            counters.CountDropped(documents.Count);
            throw;
        }
    }

    async Task StoreAsync(IReadOnlyList<StoredDocument> documents)
    {
        if (documents.Count == 0) return;
        await store.AppendAsync(documents, time.GetUtcNow());
        counters.CountAccepted(documents.Count);
    }
}
