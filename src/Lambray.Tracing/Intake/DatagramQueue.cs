using System.Threading.Channels;
using Lambray.Tracing.TraceStore;
using Microsoft.Extensions.Logging;

namespace Lambray.Tracing.Intake;

/// <summary>Documents that arrived by UDP and wait to be stored, in batches; a full queue refuses the newest.</summary>
/// <remarks>The daemon drops the oldest instead; for a trace that is all the same, and refusing needs no lock.</remarks>
sealed partial class DatagramQueue : IAsyncDisposable
{
    const int DocumentsMax = 65_536;
    const long BytesMax = 64 * 1024 * 1024;
    const int BatchMax = 1024;

    readonly Func<IReadOnlyList<StoredDocument>, Task> store;
    readonly IntakeCounters counters;
    readonly IntakeBacklog backlog;
    readonly ILogger log;
    readonly Channel<WaitingDocument> waiting = Channel.CreateBounded<WaitingDocument>(new BoundedChannelOptions(DocumentsMax) { SingleReader = true });
    readonly Task storing;
    long waitingBytes;

    public DatagramQueue(Func<IReadOnlyList<StoredDocument>, Task> store, IntakeCounters counters, IntakeBacklog backlog, ILogger log)
    {
        (this.store, this.counters, this.backlog, this.log) = (store, counters, backlog, log);
        storing = Task.Run(StoreBatchesAsync);
    }

    /// <param name="buffer">Whose memory the document takes while it waits; null for the server's own.</param>
    public bool TryAdd(ReadOnlyMemory<byte> document, IDocumentBuffer? buffer)
    {
        if (buffer?.TryHold(document.Length) != false)
        {
            if (Interlocked.Add(ref waitingBytes, document.Length) <= BytesMax && waiting.Writer.TryWrite(new WaitingDocument(document.ToArray(), buffer)))
            {
                backlog.Add();
                return true;
            }
            Interlocked.Add(ref waitingBytes, -document.Length);
            buffer?.TryRelease(document.Length);
        }
        counters.CountDropped();
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await storing;
    }

    // One batch is read while the one before is being written.
    async Task StoreBatchesAsync()
    {
        var batch = new List<ReadOnlyMemory<byte>>(BatchMax);
        var writing = Task.CompletedTask;
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchMax && waiting.Reader.TryRead(out var document))
            {
                backlog.Remove();
                Interlocked.Add(ref waitingBytes, -document.Json.Length);
                if (document.Buffer?.TryRelease(document.Json.Length) != false) batch.Add(document.Json);
                else counters.CountDropped();
            }
            var documents = Read(batch);
            batch.Clear();
            await writing;
            writing = StoreAsync(documents);
        }
        await writing;
    }

    IReadOnlyList<StoredDocument> Read(List<ReadOnlyMemory<byte>> batch)
    {
        var reading = DocumentBatch.Read(batch);
        counters.CountReceived(reading.Count - batch.Count);
        counters.CountRejected(reading.Unprocessed.Count);
        foreach (var rejection in reading.Unprocessed) LogRejected(rejection.Id, rejection.Message);
        return reading.Documents;
    }

    async Task StoreAsync(IReadOnlyList<StoredDocument> documents)
    {
        try
        {
            await store(documents);
        }
        // A sender over UDP has nobody to tell: the loss is counted and logged, and the next batch may fare better.
        catch (Exception error)
        {
            counters.CountDropped(documents.Count);
            LogLost(error, documents.Count);
        }
    }

    sealed record WaitingDocument(byte[] Json, IDocumentBuffer? Buffer);

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Segment document {Id} refused: {Reason}")]
    partial void LogRejected(string? id, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Count} segment documents were lost: the trace store failed")]
    partial void LogLost(Exception error, int count);
}
