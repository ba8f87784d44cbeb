using Lambray.Aws;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.EventSources;

/// <summary>A service that keeps records which Lambda fetches and hands to functions in batches.</summary>
/// <remarks>
/// The source knows how its records are read, filtered (<see cref="RecordFilter"/>), gathered into batches, tried again, and marked as
/// done; Lambda knows the function. Mappings, their states and when to poll are <see cref="EventSourcePolling"/>'s.
/// </remarks>
public interface IEventSource
{
    /// <summary>Which mappings it serves; no two sources serve the same kind.</summary>
    EventSourceKind Kind { get; }

    /// <summary>Asked before a mapping is made or changed.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException, in AWS's words why this mapping cannot be read: its queue or stream is not there.</exception>
    Task RequireReadableAsync(EventSourceMapping mapping);

    /// <summary>Reads and invokes until it is stopped; then what is in flight is finished, and nothing new begun.</summary>
    /// <remarks>An exception is told by the mapping; after a while polling begins anew from what the source itself remembers.</remarks>
    /// <param name="mapping">As it is for all this time: after a change polling is stopped, and begun with the mapping as it is then.</param>
    Task PollAsync(EventSourceMapping mapping, IBatchConsumer function, CancellationToken stop);
}

/// <summary>The function of a mapping, as its source sees it.</summary>
public interface IBatchConsumer
{
    /// <summary>Invokes the function with one batch and waits for what it says. Many calls may be at work at once.</summary>
    /// <param name="batch">The event: <c>{"Records": […]}</c>.</param>
    /// <param name="trace">The trace that the records belong to; empty when they belong to none.</param>
    /// <param name="links">The traces that led here, where the records are not of the trace that the function runs in.</param>
    Task<BatchOutcome> InvokeAsync(ReadOnlyMemory<byte> batch, TraceHeader trace, IReadOnlyList<TraceLink>? links = null);
}

public enum BatchResult
{
    Succeeded,

    /// <summary>The function failed, or is not there.</summary>
    Failed,

    /// <summary>There was no room to run it: AWS does not count that as an attempt.</summary>
    Throttled,
}

/// <summary>What became of a batch.</summary>
/// <param name="Response">What the function answered, in which it may report single records as failed; of an error, its description.</param>
/// <param name="ExecutedVersion">Null when nothing ran.</param>
/// <param name="Status">That the invocation had as a request.</param>
public sealed record BatchOutcome(BatchResult Result, string RequestId, ReadOnlyMemory<byte> Response, string? ExecutedVersion, int Status = 200);
