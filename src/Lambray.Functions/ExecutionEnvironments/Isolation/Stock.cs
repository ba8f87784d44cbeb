using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>A few things made ahead, so that a cold start does not wait for them.</summary>
sealed class Stock<T>(Func<Task<T>> make)
{
    const int ReadyMax = 2;

    // Whoever has taken one is about to start a runtime; that goes first.
    static readonly TimeSpan RefillPause = TimeSpan.FromMilliseconds(100);

    readonly ConcurrentQueue<T> ready = [];
    readonly TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock refillLock = new();
    Task refilling = Task.CompletedTask;
    bool isRefilling;

    public int ReadyCount => ready.Count;

    /// <summary>Has them made soon.</summary>
    public void Open() => Refill();

    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        var isThere = ready.TryDequeue(out item);
        Refill();
        return isThere;
    }

    /// <summary>All that nobody has taken; no more are made.</summary>
    public async Task<IReadOnlyCollection<T>> CloseAsync()
    {
        Task last;
        lock (refillLock)
        {
            closing.TrySetResult();
            last = refilling;
        }
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ready;
    }

    void Refill()
    {
        lock (refillLock)
        {
            if (isRefilling || closing.Task.IsCompleted || ready.Count >= ReadyMax) return;
            isRefilling = true;
            refilling = RefillAsync();
        }
    }

    // What cannot be made ahead is tried again when the next is taken.
    async Task RefillAsync()
    {
        try
        {
            await Task.WhenAny(Task.Delay(RefillPause, TimeProvider.System), closing.Task);
            if (!closing.Task.IsCompleted) ready.Enqueue(await make());
        }
        finally
        {
            lock (refillLock) isRefilling = false;
        }
        Refill();
    }
}
