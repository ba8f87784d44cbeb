namespace Lambray.Tracing.Indexing;

/// <summary>How far the index has come, and who waits for it.</summary>
sealed class IndexProgress
{
    readonly Lock gate = new();
    readonly List<(long Arrival, TaskCompletionSource Reached)> waiting = [];
    TaskCompletionSource wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last arrival up to which everything is indexed.</summary>
    public long Through { get; private set; }

    /// <summary>Completes when somebody waits.</summary>
    public Task Wanted
    {
        get
        {
            lock (gate) return wanted.Task;
        }
    }

    /// <summary>Completes once the arrival is indexed.</summary>
    public Task ReachAsync(long arrival)
    {
        lock (gate)
        {
            if (arrival <= Through) return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((arrival, reached));
            wanted.TrySetResult();
            return reached.Task;
        }
    }

    public void Advance(long through)
    {
        lock (gate)
        {
            Through = through;
            foreach (var (arrival, reached) in waiting)
                if (arrival <= through) reached.TrySetResult();
            waiting.RemoveAll(one => one.Arrival <= through);
            if (waiting.Count == 0 && wanted.Task.IsCompleted) wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
