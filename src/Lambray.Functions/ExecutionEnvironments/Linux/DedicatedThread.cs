using System.Collections.Concurrent;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>A thread that lives as long as the server and does one kind of work, in namespaces that may be its own.</summary>
/// <remarks>
/// A kernel ties some things to a thread, not to its process: the namespaces that a child inherits, and the "die with your
/// parent" signal, which fires when the thread that spawned ends. A pool thread is wrong for both.
/// </remarks>
sealed class DedicatedThread : IDisposable
{
    readonly BlockingCollection<Action> work = [];
    readonly Thread thread;

    public DedicatedThread(string name)
    {
        thread = new Thread(Run) { IsBackground = true, Name = name };
        thread.Start();
    }

    public Task RunAsync(Action action) => RunAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Waits for the work; for callers that are such threads themselves.</summary>
    public T Run<T>(Func<T> action) => RunAsync(action).GetAwaiter().GetResult();

    public Task<T> RunAsync<T>(Func<T> action)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                outcome.SetResult(action());
            }
            // The failure belongs to whoever asked; the thread goes on.
            catch (Exception error)
            {
                outcome.SetException(error);
            }
        });
        return outcome.Task;
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    void Run()
    {
        foreach (var action in work.GetConsumingEnumerable()) action();
    }
}
