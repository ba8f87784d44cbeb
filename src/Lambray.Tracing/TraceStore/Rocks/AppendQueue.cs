using System.Collections.Concurrent;
using Lambray.Storage.Rocks;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>One thread that writes documents: what has come together is committed with one sync.</summary>
sealed class AppendQueue : IAsyncDisposable
{
    const int DocumentsPerCommitMax = 4096;

    readonly RocksDatabase database;
    readonly TraceDays days;
    readonly DocumentTable documents;
    readonly ArrivalTable arrivals;

    // Each waits for its outcome, and the intake bounds how many there are.
    readonly BlockingCollection<Append> queue = [];
    readonly Task writing;
    IArrivals? listener;
    long lastArrival;

    public AppendQueue(RocksDatabase database, TraceDays days, DocumentTable documents, ArrivalTable arrivals, long lastArrival)
    {
        this.database = database;
        this.days = days;
        this.documents = documents;
        this.arrivals = arrivals;
        this.lastArrival = lastArrival;
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Tell(IArrivals arrivals) => listener = arrivals;

    public Task AppendAsync(IReadOnlyList<StoredDocument> documents, DateTimeOffset received)
    {
        var append = new Append(documents, received);
        queue.Add(append);
        return append.Outcome.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.CompleteAdding();
        await writing;
        queue.Dispose();
    }

    // Waiting for the disk, it must not hold one of the few threads on which requests are answered.
    void Write()
    {
        var commit = new List<Append>();
        foreach (var first in queue.GetConsumingEnumerable())
        {
            commit.Add(first);
            for (var count = first.Documents.Count; count < DocumentsPerCommitMax && queue.TryTake(out var append); count += append.Documents.Count) commit.Add(append);
            Commit(commit);
            commit.Clear();
        }
    }

    void Commit(List<Append> commit)
    {
        try
        {
            using var batch = new RocksBatch();
            var filed = new Dictionary<TraceId, ushort>();
            foreach (var append in commit) Put(batch, append, filed);
            database.Write(batch, sync: true);
            foreach (var append in commit) listener?.Add(append.Documents, append.Arrival);
        }
        // The disk's failure belongs to those who wait for it; the next commit may fare better.
        catch (IOException error)
        {
            foreach (var append in commit) append.Outcome.TrySetException(error);
            return;
        }
        foreach (var append in commit) append.Outcome.TrySetResult();
    }

    /// <param name="filed">The days found for traces of this commit: what is noted in a batch cannot be read yet.</param>
    void Put(RocksBatch batch, Append append, Dictionary<TraceId, ushort> filed)
    {
        append.Arrival = ++lastArrival;
        foreach (var document in append.Documents)
        {
            if (!filed.TryGetValue(document.TraceId, out var day))
                filed[document.TraceId] = day = days.FindOrFile(document.TraceId, append.Received, batch);
            documents.Put(batch, day, document);
        }
        arrivals.Put(batch, append.Arrival, append.Documents);
    }

    sealed class Append(IReadOnlyList<StoredDocument> documents, DateTimeOffset received)
    {
        public IReadOnlyList<StoredDocument> Documents { get; } = documents;

        public DateTimeOffset Received { get; } = received;

        public TaskCompletionSource Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Arrival { get; set; }
    }
}
