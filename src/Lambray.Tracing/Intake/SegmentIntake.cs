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
    readonly DatagramQueue datagrams;
    int documentsInFlight;

    public SegmentIntake(ITraceStore store, TimeProvider time, ILogger<SegmentIntake> log)
    {
        this.store = store;
        this.time = time;
        datagrams = new DatagramQueue(StoreAsync, counters, log);
    }

    public IntakeCounts Counts => counters.Read();

    /// <summary>Takes a batch in; completes once the good documents are durable, and reports each of the others.</summary>
    /// <exception cref="AwsException">ThrottledException when too much is being stored already; nothing of the batch is kept.</exception>
    public async Task<IReadOnlyList<UnprocessedSegment>> AcceptAsync(IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        counters.CountReceived(documents.Count);
        EnterFlight(documents.Count);
        try
        {
            var reading = DocumentBatch.Read(documents);
            counters.CountRejected(reading.Unprocessed.Count);
            await StoreCountedAsync(reading.Documents);
            return reading.Unprocessed;
        }
        finally
        {
            Interlocked.Add(ref documentsInFlight, -documents.Count);
        }
    }

    /// <summary>Takes in a segment of our own, or a lone subsegment that names its trace and parent; completes once it is durable.</summary>
    /// <exception cref="InvalidDataException">The entity breaks a rule that every document keeps, such as ending before it starts.</exception>
    public async Task AcceptAsync(SegmentEntity entity)
    {
        var traceId = entity switch
        {
            Segment segment => segment.TraceId,
            Subsegment { TraceId: { } id, ParentId: not null } => id,
            _ => throw new ArgumentException("A subsegment on its own must name its trace and its parent.", nameof(entity)),
        };
        counters.CountReceived();
        var document = SegmentDocument.WriteAsSent(entity);
        // A document that could not be read again would make its whole trace unreadable.
        SegmentDocument.Read(document);
        await StoreCountedAsync([StoredDocument.Of(entity, traceId, document)]);
    }

    /// <summary>Takes in one document without waiting for the store; the bytes are copied.</summary>
    /// <returns>False when the queue is full: the document is dropped and counted.</returns>
    public bool TryAccept(ReadOnlyMemory<byte> document)
    {
        counters.CountReceived();
        return datagrams.TryAdd(document);
    }

    /// <summary>As <see cref="TryAccept"/>, for a packet of the daemon's protocol; one that is malformed is counted as rejected.</summary>
    public bool TryAcceptDatagram(ReadOnlyMemory<byte> datagram)
    {
        if (DaemonDatagram.TrySplit(datagram, out var document)) return TryAccept(document);
        counters.CountReceived();
        counters.CountRejected();
        return false;
    }

    /// <summary>Stores what is still queued.</summary>
    public ValueTask DisposeAsync() => datagrams.DisposeAsync();

    void EnterFlight(int documents)
    {
        if (Interlocked.Add(ref documentsInFlight, documents) <= DocumentsInFlightMax) return;
        Interlocked.Add(ref documentsInFlight, -documents);
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
