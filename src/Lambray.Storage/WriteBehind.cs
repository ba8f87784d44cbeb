namespace Lambray.Storage;

/// <summary>Writes what others gather in memory: at intervals, when somebody is about to read it, and at the end.</summary>
/// <remarks>For what may lose its last seconds in a crash. A write that fails at an interval is told, and tried again at the next.</remarks>
public sealed class WriteBehind : IAsyncDisposable
{
    readonly Func<Task> write;
    readonly Action<Exception> tell;
    readonly ITimer timer;
    readonly SemaphoreSlim one = new(1, 1);
    int waiting;

    /// <param name="write">Takes what was gathered and writes it; puts it back when that fails.</param>
    public WriteBehind(Func<Task> write, TimeSpan interval, TimeProvider time, Action<Exception> tell)
    {
        (this.write, this.tell) = (write, tell);
        timer = time.CreateTimer(_ => Hurry(), null, interval, interval);
    }

    /// <summary>When the task completes, all that was gathered before the call is on disk.</summary>
    public async Task FlushAsync()
    {
        await one.WaitAsync();
        try
        {
            await write();
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Begins a write, unless one is about to begin anyway.</summary>
    public void Hurry()
    {
        if (Interlocked.Exchange(ref waiting, 1) == 0) _ = FlushAndTellAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await FlushAsync();
        one.Dispose();
    }

    async Task FlushAndTellAsync()
    {
        // Not on the caller's thread, which may be in the middle of an invocation.
        await Task.Yield();
        try
        {
            await one.WaitAsync();
            try
            {
                Volatile.Write(ref waiting, 0);
                await write();
            }
            finally
            {
                one.Release();
            }
        }
        catch (ObjectDisposedException)
        {
            // The last write has been done.
        }
        catch (Exception error)
        {
            tell(error);
        }
    }
}
