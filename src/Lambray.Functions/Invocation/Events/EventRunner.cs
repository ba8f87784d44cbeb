using Lambray.Aws;
using Lambray.Functions.ExecutionEnvironments.Isolation;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation.Events;

/// <summary>Runs one event once, and decides what becomes of it: another attempt later, or its end.</summary>
public sealed partial class EventRunner(
    EventQueue queue, FunctionRegistry functions, AttemptRunner attempts, EventEndings endings, SegmentRecorder recorder, FunctionMetrics metrics, AwsHome home, TimeProvider time,
    ILogger<EventRunner> logger)
{
    public async Task RunAsync(TakenEvent taken, CancellationToken stop)
    {
        var queued = taken.Event;
        if (functions.Find(queued.Function.Name) is null)
        {
            metrics.EventDropped(queued.Function);
            LogDropped(queued.RequestId, queued.Function.Name);
            await queue.RemoveAsync(taken);
            return;
        }
        InvocationTarget target;
        try
        {
            target = functions.Resolve(queued.Function);
        }
        // Its version or alias is gone for now, or it is not ready yet.
        catch (AwsException)
        {
            await RefuseAsync(taken, EventSettings.Default, target: null, stop);
            return;
        }
        var settings = EventSettings.Of(target);
        if (WhyNotToRun(queued, target, settings) is { } condition) await EndAsync(taken, target, condition, answer: null, stop);
        else await AttemptAsync(taken, target, settings, stop);
    }

    string? WhyNotToRun(QueuedEvent queued, InvocationTarget target, EventSettings settings)
    {
        if (target.Registered.ReservedConcurrency == 0) return EventOutcome.ZeroReservedConcurrency;
        if (queued.Trace.IsLoopOf(target)) return EventOutcome.RecursiveLoop;
        return time.GetUtcNow() - queued.Received > settings.AgeMax ? EventOutcome.EventAgeExceeded : null;
    }

    async Task AttemptAsync(TakenEvent taken, InvocationTarget target, EventSettings settings, CancellationToken stop)
    {
        var queued = taken.Event;
        var trace = queued.Trace;
        var (attemptId, functionSegment) = (SegmentId.New(), SegmentId.New());
        Attempt attempt;
        try
        {
            attempt = await attempts.RunAsync(new AttemptRequest(
                target, queued.Function, queued.Function.Arn(home).ToString(), queued.RequestId, taken.Payload, queued.ClientContext,
                trace.HeaderFor(functionSegment), trace.Sampled ? functionSegment : null)
            {
                ParentSegment = attemptId,
            });
        }
        // No room, or the machine refused: neither is an attempt of the function's.
        catch (Exception error) when (error is AwsException or EnvironmentStartException)
        {
            if (error is AwsException { Status: 429 }) metrics.Throttled(queued.Function);
            await RefuseAsync(taken, settings, target, stop);
            return;
        }
        metrics.EventAttempted(queued.Function, attempt.Record.Started - queued.Received);
        var number = queued.FailedAttempts + 1;
        if (trace.Sampled)
        {
            if (number == 1) recorder.Record(LambdaSegments.DwellTime(trace, SegmentId.New(), queued.Received, attempt.Record.Started));
            recorder.Record(LambdaSegments.Attempt(trace, attemptId, number, attempt.Record));
        }
        var finish = await attempt.Finished;
        if (trace.Sampled) recorder.Record(LambdaSegments.Function(trace, functionSegment, attemptId, target.Function, home, attempt.Record, finish));
        await SettleAsync(taken, target, settings, attempt, stop);
    }

    async Task SettleAsync(TakenEvent taken, InvocationTarget target, EventSettings settings, Attempt attempt, CancellationToken stop)
    {
        var answer = new EventAnswer(target.ExecutedVersion, attempt.Payload, attempt.Record.Failure);
        if (answer.Failure is null)
        {
            await EndAsync(taken, target, EventOutcome.Success, answer, stop);
            return;
        }
        var failed = taken.Event with { FailedAttempts = taken.Event.FailedAttempts + 1 };
        if (EventRetry.WaitAfterFailure(failed.FailedAttempts, settings.RetriesMax) is not { } wait)
            await EndAsync(taken with { Event = failed }, target, EventOutcome.RetriesExhausted, answer, stop);
        else if (IsTooOldIn(wait, failed, settings))
            await EndAsync(taken with { Event = failed }, target, EventOutcome.EventAgeExceeded, answer, stop);
        else
            await queue.RetryAsync(taken, failed, wait);
    }

    async Task RefuseAsync(TakenEvent taken, EventSettings settings, InvocationTarget? target, CancellationToken stop)
    {
        // As AWS does, it is not kept for an attempt that would come too late.
        if (IsTooOldIn(queue.WaitIfRefused(taken.Event.Function.Name), taken.Event, settings))
            await EndAsync(taken, target, EventOutcome.EventAgeExceeded, answer: null, stop);
        else
            queue.Refuse(taken);
    }

    bool IsTooOldIn(TimeSpan wait, QueuedEvent queued, EventSettings settings) => time.GetUtcNow() + wait - queued.Received > settings.AgeMax;

    async Task EndAsync(TakenEvent taken, InvocationTarget? target, string condition, EventAnswer? answer, CancellationToken stop)
    {
        // The trace first: an event that is through has its segments on disk.
        await recorder.FlushAsync();
        var invokeCount = taken.Event.FailedAttempts + (condition == EventOutcome.Success ? 1 : 0);
        await endings.EndAsync(taken, target, new EventOutcome(condition, invokeCount, answer), stop);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {RequestId} for {Function} is dropped: the function is gone")]
    partial void LogDropped(string requestId, string function);
}
