using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation;

/// <summary>Runs the events of the queue: each until it succeeds, has failed three times, or is too old.</summary>
public sealed partial class EventDispatcher(
    EventQueue queue, FunctionRegistry functions, AttemptRunner attempts, SegmentRecorder recorder, FunctionMetrics metrics, AwsHome home, TimeProvider time,
    ILogger<EventDispatcher> logger)
    : IDisposable
{
    // Enough to keep every environment busy; more would only wait in memory instead of on disk.
    const int AttemptsAtOnceMax = 256;

    readonly CancellationTokenSource stop = new();
    readonly SemaphoreSlim places = new(AttemptsAtOnceMax);
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
        for (var i = 0; i < AttemptsAtOnceMax; i++) await places.WaitAsync();
    }

    public void Dispose()
    {
        places.Dispose();
        stop.Dispose();
    }

    async Task DispatchAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                var taken = await queue.TakeAsync(stop.Token);
                await places.WaitAsync(stop.Token);
                _ = RunAndReleaseAsync(taken);
            }
        }
        catch (OperationCanceledException)
        {
            // Whatever was taken but not begun is still on disk.
        }
    }

    async Task RunAndReleaseAsync(TakenEvent taken)
    {
        try
        {
            await RunAsync(taken);
        }
        // Nobody waits for this event; it stays on disk and runs at the next start.
        catch (Exception error)
        {
            LogFailed(taken.Event.RequestId, taken.Event.Function.Name, error);
        }
        finally
        {
            places.Release();
        }
    }

    async Task RunAsync(TakenEvent taken)
    {
        var queued = taken.Event;
        if (functions.Find(queued.Function.Name) is null)
        {
            metrics.EventDropped(queued.Function);
            LogDropped(queued.RequestId, queued.Function.Name, "the function is gone");
            await queue.RemoveAsync(taken);
            return;
        }
        if (time.GetUtcNow() - queued.Received > EventRetry.AgeMax)
        {
            metrics.EventDropped(queued.Function);
            LogDropped(queued.RequestId, queued.Function.Name, "it is older than 6 hours");
            await queue.RemoveAsync(taken);
            return;
        }
        try
        {
            await AttemptAsync(taken, functions.GetInvocable(queued.Function));
        }
        // No room, not ready yet, or the machine refused: none of it is an attempt of the function's.
        catch (Exception error) when (error is AwsException or EnvironmentStartException)
        {
            if (error is AwsException { Status: 429 }) metrics.Throttled(queued.Function);
            var throttles = queued.Throttles + 1;
            await queue.RetryAsync(taken, queued with { Throttles = throttles }, EventRetry.WaitAfterThrottle(throttles));
        }
    }

    async Task AttemptAsync(TakenEvent taken, FunctionModel function)
    {
        var queued = taken.Event;
        var trace = queued.Trace;
        var (attemptId, functionSegment) = (SegmentId.New(), SegmentId.New());
        var attempt = await attempts.RunAsync(new AttemptRequest(
            function, queued.Function.Arn(home).ToString(), queued.RequestId, taken.Payload, queued.ClientContext,
            trace.HeaderFor(functionSegment), trace.Sampled ? functionSegment : null)
        {
            ParentSegment = attemptId,
        });
        metrics.EventAttempted(queued.Function, attempt.Record.Started - queued.Received);
        var number = queued.FailedAttempts + 1;
        if (trace.Sampled)
        {
            if (number == 1) recorder.Record(LambdaSegments.DwellTime(trace, SegmentId.New(), queued.Received, attempt.Record.Started));
            recorder.Record(LambdaSegments.Attempt(trace, attemptId, number, attempt.Record));
        }
        var finish = await attempt.Finished;
        if (trace.Sampled) recorder.Record(LambdaSegments.Function(trace, functionSegment, attemptId, function, home, attempt.Record, finish));
        await SettleAsync(taken, attempt.Record);
    }

    async Task SettleAsync(TakenEvent taken, AttemptRecord attempt)
    {
        var failedAttempts = taken.Event.FailedAttempts + 1;
        if (attempt.Failure is { } failure)
        {
            if (EventRetry.WaitAfterFailure(failedAttempts) is { } wait)
            {
                await queue.RetryAsync(taken, taken.Event with { FailedAttempts = failedAttempts, Throttles = 0 }, wait);
                return;
            }
            metrics.EventDropped(taken.Event.Function);
            LogDropped(taken.Event.RequestId, taken.Event.Function.Name, $"its last attempt failed with {failure.Type}");
        }
        // The trace first: an event that is through has its segments on disk.
        await recorder.FlushAsync();
        await queue.RemoveAsync(taken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {RequestId} for {Function} could not be run; it is kept")]
    partial void LogFailed(string requestId, string function, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {RequestId} for {Function} is dropped: {Reason}")]
    partial void LogDropped(string requestId, string function, string reason);
}
