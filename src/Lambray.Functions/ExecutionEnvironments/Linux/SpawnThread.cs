using System.Collections.Concurrent;

namespace Lambray.Functions.ExecutionEnvironments.Linux;

/// <summary>The one thread that starts processes and lives as long as the server.</summary>
/// <remarks>
/// A kernel ties two things to the thread that spawns, not to its process: the network namespace a child inherits, and
/// the "die with your parent" signal, which fires when that thread ends. A pool thread is wrong for both.
/// </remarks>
sealed class SpawnThread : IDisposable
{
    readonly BlockingCollection<Action> work = [];
    readonly Thread thread;

    public SpawnThread()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "spawn" };
        thread.Start();
    }

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
