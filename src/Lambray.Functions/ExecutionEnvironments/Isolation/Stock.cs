using System.Collections.Concurrent;
using Lambray.Functions.ExecutionEnvironments.Linux;

namespace Lambray.Functions.ExecutionEnvironments.Isolation;

/// <summary>A few things made ahead, so that a cold start does not wait for them.</summary>
/// <param name="thread">Where they are made.</param>
sealed class Stock<T>(DedicatedThread thread, Func<T> make)
{
    const int ReadyMax = 2;

    readonly ConcurrentQueue<T> ready = [];

    /// <summary>Makes the first now, so that it is known whether they can be made, and the others soon.</summary>
    public async Task OpenAsync()
    {
        ready.Enqueue(await thread.RunAsync(make));
        _ = thread.RunAsync(Refill);
    }

    public async Task<T> TakeAsync()
    {
        if (!ready.TryDequeue(out var item)) return await thread.RunAsync(make);
        // What cannot be made ahead is tried again when it is needed, and its failure told then.
        _ = thread.RunAsync(Refill);
        return item;
    }

    /// <summary>All that nobody has taken; the thread must have ended.</summary>
    public IEnumerable<T> Close()
    {
        while (ready.TryDequeue(out var item)) yield return item;
    }

    void Refill()
    {
        while (ready.Count < ReadyMax) ready.Enqueue(make());
    }
}
