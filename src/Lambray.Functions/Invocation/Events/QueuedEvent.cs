using System.Text.Json.Serialization;
using Lambray.Functions.Registry;

namespace Lambray.Functions.Invocation.Events;

/// <summary>An asynchronous event between its 202 and its end, as it lies on disk (its payload beside it).</summary>
/// <param name="Received">When the request came in; the service segment, the dwell time and the event's age begin here.</param>
/// <param name="Accepted">When the event was written; after a crash this is what is known of its service segment's end.</param>
public sealed record QueuedEvent(
    FunctionName Function, string RequestId, InvocationTrace Trace, string? ClientContext, DateTimeOffset Received, DateTimeOffset Accepted)
{
    /// <summary>Attempts that ran and failed.</summary>
    public int FailedAttempts { get; init; }
}

[JsonSerializable(typeof(QueuedEvent))]
sealed partial class QueuedEventJson : JsonSerializerContext;
