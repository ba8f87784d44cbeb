namespace Lambray.Server.Hosting;

/// <summary>Lets requests in until the server stops, and tells when the last of them is done.</summary>
public sealed class DrainGate
{
    readonly Lock gate = new();
    readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int inside;
    bool closed;

    public bool TryEnter()
    {
        lock (gate)
        {
            if (closed) return false;
            inside++;
            return true;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            if (--inside == 0 && closed) drained.TrySetResult();
        }
    }

    /// <summary>Closes the gate; the task completes when nobody is inside.</summary>
    public Task DrainAsync()
    {
        lock (gate)
        {
            closed = true;
            if (inside == 0) drained.TrySetResult();
            return drained.Task;
        }
    }
}
