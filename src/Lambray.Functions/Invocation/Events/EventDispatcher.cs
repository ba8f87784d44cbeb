using Lambray.Aws;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation.Events;

/// <summary>Keeps the queue's events coming: whichever has its turn is run, many at once.</summary>
public sealed partial class EventDispatcher(EventQueue queue, EventRunner runner, SegmentRecorder recorder, AwsHome home, ILogger<EventDispatcher> logger)
    : IDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Lock gate = new();
    readonly HashSet<Task> running = [];
    Task? dispatching;

    /// <summary>Begins with what a crash may have left behind.</summary>
    public void Start()
    {
        // The crash may have come between the event's commit and its segment's; the same id makes a repetition harmless.
        foreach (var left in queue.List())
            if (left.Trace.Sampled)
                recorder.Record(LambdaSegments.AcceptedService(left.Trace, left.Function, home, left.RequestId, left.Received, left.Accepted));
        dispatching = DispatchAsync();
    }

    /// <summary>Takes no more events, and waits for those that run.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        if (dispatching is not null) await dispatching;
        Task[] last;
        lock (gate) last = [.. running];
        await Task.WhenAll(last);
    }

    public void Dispose() => stop.Dispose();

    async Task DispatchAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                var (function, id) = await queue.TakeAsync(stop.Token);
                var run = RunAsync(function, id);
                lock (gate) running.Add(run);
                _ = run.ContinueWith(done => { lock (gate) running.Remove(done); }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // Whatever was taken but not begun is still on disk.
        }
    }

    async Task RunAsync(string function, long id)
    {
        await Task.Yield();
        try
        {
            await runner.RunAsync(queue.Load(id), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server stops; the event runs, or its outcome is told, after the next start.
        }
        // Nobody waits for this event; it stays on disk and runs at the next start.
        catch (Exception error)
        {
            LogFailed(id, function, error);
            queue.Abandon(function);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Id} for {Function} could not be run; it is kept")]
    partial void LogFailed(long id, string function, Exception error);
}
