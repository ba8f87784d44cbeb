using System.Globalization;
using Lambray.Aws;
using Lambray.Functions.Invocation.Events.Destinations;
using Lambray.Functions.Invocation.Metrics;
using Lambray.Functions.Registry;
using Lambray.Tracing.Segments;
using Microsoft.Extensions.Logging;

namespace Lambray.Functions.Invocation.Events;

/// <summary>Tells those who asked how an event ended, and takes it from the queue.</summary>
/// <remarks>
/// The event leaves the queue only when all have been told or could not be: after a crash in between it runs again, so
/// that a record may come twice but never not at all. A function that is the destination gets its event in the same step in which
/// this one leaves.
/// </remarks>
public sealed partial class EventEndings(
    EventQueue queue, EventDeliveries deliveries, EventAcceptance acceptance, RolePermissions permissions, FunctionMetrics metrics, AwsHome home, TimeProvider time,
    ILogger<EventEndings> logger)
{
    const int ErrorMessageLengthMax = 1024;

    /// <param name="target">Null when the function could not be found any more; then nobody can be told.</param>
    internal async Task EndAsync(TakenEvent taken, InvocationTarget? target, EventOutcome outcome, CancellationToken stop)
    {
        var settings = target is null ? EventSettings.Default : EventSettings.Of(target);
        if (!outcome.IsSuccess)
        {
            metrics.EventDropped(taken.Event.Function);
            if (outcome.Condition == EventOutcome.RecursiveLoop) metrics.RecursionStopped(taken.Event.Function);
            LogDropped(taken.Event.RequestId, taken.Event.Function.Name, outcome.Condition);
            if (settings.DeadLetterTarget is { } deadLetters && DeadLetter(taken, outcome, deadLetters) is var letter
                && !(Allows(target!, letter.Target) && await deliveries.DeliverAsync(letter, stop)))
                metrics.DeadLetterFailed(taken.Event.Function);
        }
        var destination = outcome.IsSuccess ? settings.OnSuccess : settings.OnFailure;
        if (destination is not null && Arn.TryParse(destination, out var arn)) await TellAsync(taken, target!, outcome, arn, stop);
        else await queue.RemoveAsync(taken);
    }

    async Task TellAsync(TakenEvent taken, InvocationTarget target, EventOutcome outcome, Arn destination, CancellationToken stop)
    {
        var ended = taken.Event;
        var functionArn = (ended.Function with { Qualifier = ended.Function.Qualifier ?? FunctionName.Latest }).Arn(home).ToString();
        var now = time.GetUtcNow();
        var record = outcome.ToRecord(ended, functionArn, taken.Payload.Span, now);
        var isAllowed = Allows(target, destination);
        if (isAllowed && destination.Service == "lambda")
        {
            await InvokeAsync(taken, destination, record, now);
            return;
        }
        if (!isAllowed || !await deliveries.DeliverAsync(new EventDelivery(destination, ended.Function.Name, outcome.IsSuccess, record, [], TraceOf(ended), now), stop))
            metrics.DestinationFailed(ended.Function);
        await queue.RemoveAsync(taken);
    }

    // It was allowed when it was set; the role may have changed since.
    bool Allows(InvocationTarget target, Arn destination)
    {
        if (permissions.AllowsDestination(target.Function, destination)) return true;
        LogNotAllowed(target.Function.Role, destination.ToString(), target.Function.Name);
        return false;
    }

    async Task InvokeAsync(TakenEvent taken, Arn function, byte[] record, DateTimeOffset now)
    {
        try
        {
            var follower = acceptance.Prepare(new InvokeRequest(
                FunctionName.Parse(function.ToString(), qualifier: null, home), Guid.NewGuid().ToString(), record, TraceOf(taken.Event), null, now));
            await queue.ReplaceAsync(taken, follower.Event, follower.Payload);
            acceptance.Record(follower);
        }
        catch (AwsException error)
        {
            metrics.DestinationFailed(taken.Event.Function);
            LogNotInvoked(function.ToString(), taken.Event.Function.Name, error);
            await queue.RemoveAsync(taken);
        }
    }

    EventDelivery DeadLetter(TakenEvent taken, EventOutcome outcome, string target)
    {
        var message = outcome.ErrorMessage;
        DeadLetterAttribute[] attributes =
        [
            new("RequestID", "String", taken.Event.RequestId),
            new("ErrorCode", "Number", outcome.ErrorCode.ToString(CultureInfo.InvariantCulture)),
            new("ErrorMessage", "String", message.Length > ErrorMessageLengthMax ? message[..ErrorMessageLengthMax] : message),
        ];
        // What the registry accepted as a target is an ARN.
        _ = Arn.TryParse(target, out var arn);
        return new EventDelivery(arn, taken.Event.Function.Name, IsSuccess: false, taken.Payload, attributes, TraceOf(taken.Event), time.GetUtcNow());
    }

    // What follows from an event lies beneath the service that sent it on.
    static TraceHeader TraceOf(QueuedEvent ended) => ended.Trace.HeaderFor(ended.Trace.ServiceSegment);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {RequestId} for {Function} failed for good: {Condition}")]
    partial void LogDropped(string requestId, string function, string condition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Execution role {Role} may not send to {Target}, which function {Function} has set")]
    partial void LogNotAllowed(string role, string target, string function);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The destination {Target} of function {Function} could not be invoked")]
    partial void LogNotInvoked(string target, string function, Exception error);
}
