namespace Lambray.Functions.EventSources.Queues;

/// <summary>How many batches of a queue may be at work at once: five to begin with, more as long as they are not enough ("Configuring scaling behavior for SQS event source mappings").</summary>
/// <param name="most">What the mapping allows; null for AWS's own limit.</param>
sealed class PollerSlots(int? most, TimeProvider time) : IDisposable
{
    const int First = 5;
    const int Most = 1_250;

    // 300 more each minute.
    const int Step = 5;
    static readonly TimeSpan StepTime = TimeSpan.FromSeconds(1);
    static readonly TimeSpan CalmTime = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim free = new(Math.Min(First, most ?? Most));
    int limit = Math.Min(First, most ?? Most);
    long throttled;

    public async Task EnterAsync(CancellationToken stop)
    {
        var entered = free.WaitAsync(stop);
        while (!entered.IsCompleted && limit < (most ?? Most))
        {
            await entered.WaitAsync(StepTime, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!entered.IsCompleted) Grow();
        }
        await entered;
    }

    public void Leave() => free.Release();

    /// <summary>The function has no room: there is no use in more batches for a while.</summary>
    public void Throttled() => Volatile.Write(ref throttled, time.GetTimestamp());

    public void Dispose() => free.Dispose();

    void Grow()
    {
        if (Volatile.Read(ref throttled) is var last and not 0 && time.GetElapsedTime(last) < CalmTime) return;
        var by = Math.Min(Step, (most ?? Most) - limit);
        limit += by;
        free.Release(by);
    }
}
