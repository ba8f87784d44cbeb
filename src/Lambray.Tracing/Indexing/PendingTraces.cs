using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.Indexing;

/// <summary>The traces with documents that the index does not know yet.</summary>
/// <remarks>The documents themselves are kept as they were read, to spare reading them again, as long as they are not too many.</remarks>
sealed class PendingTraces : IDisposable
{
    // A few minutes' work: whoever asks after a flood must not wait longer to see all of it.
    const int TracesMax = 250_000;

    // What was read takes several times as much memory as its text, and what is kept for long is costly to collect.
    const long DocumentBytesMax = 12 * 1024 * 1024;

    readonly Lock gate = new();
    readonly SemaphoreSlim room = new(0, 1);
    Dictionary<TraceId, PendingTrace> traces = [];
    long documentBytes;
    long lastArrival;
    TaskCompletionSource some = NewSignal();

    /// <summary>Completes when there is something to index.</summary>
    public Task Some
    {
        get
        {
            lock (gate) return some.Task;
        }
    }

    public int Count
    {
        get
        {
            lock (gate) return traces.Count;
        }
    }

    public long LastArrival
    {
        get
        {
            lock (gate) return lastArrival;
        }
    }

    /// <summary>Traces whose documents are to be read from the store.</summary>
    public void Add(IEnumerable<TraceId> ids)
    {
        lock (gate)
        {
            foreach (var id in ids) traces[id] = PendingTrace.InStore;
            if (traces.Count > 0) some.TrySetResult();
        }
    }

    /// <summary>Blocks the caller while there is no room.</summary>
    public void Add(IReadOnlyList<StoredDocument> documents, long arrival)
    {
        while (!TryAdd(documents, arrival)) room.Wait();
    }

    public (IReadOnlyDictionary<TraceId, PendingTrace> Traces, long Through) Take()
    {
        lock (gate)
        {
            var taken = traces;
            (traces, documentBytes, some) = ([], 0, NewSignal());
            if (room.CurrentCount == 0) room.Release();
            return (taken, lastArrival);
        }
    }

    public void Dispose() => room.Dispose();

    bool TryAdd(IReadOnlyList<StoredDocument> documents, long arrival)
    {
        lock (gate)
        {
            if (traces.Count >= TracesMax) return false;
            foreach (var document in documents) Add(document);
            lastArrival = arrival;
            some.TrySetResult();
            return true;
        }
    }

    void Add(StoredDocument document)
    {
        documentBytes += document.Json.Length;
        if (documentBytes > DocumentBytesMax) traces[document.TraceId] = PendingTrace.InStore;
        else if (traces.TryGetValue(document.TraceId, out var trace)) trace.Add(document);
        else traces[document.TraceId] = new PendingTrace(document);
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What has arrived of one trace since it was last indexed.</summary>
sealed class PendingTrace
{
    readonly Dictionary<SegmentId, SegmentEntity>? documents;

    PendingTrace()
    {
    }

    public PendingTrace(StoredDocument first)
    {
        documents = [];
        Add(first);
    }

    /// <summary>Nothing of it was kept here.</summary>
    public static PendingTrace InStore { get; } = new();

    /// <summary>Each id once, as the store keeps it; null when the store has to be asked.</summary>
    public IReadOnlyCollection<SegmentEntity>? Documents => documents?.Values;

    public void Add(StoredDocument document)
    {
        if (documents is null || (document.InProgress && documents.ContainsKey(document.Id))) return;
        documents[document.Id] = document.Read();
    }
}
