using Lambray.Functions.Registry;

namespace Lambray.Functions.EventSources;

/// <summary>The source of a service that is another server: its records cannot be fetched from here, and whoever maps one is told so.</summary>
/// <param name="service">As AWS calls it.</param>
public sealed class SourceElsewhere(EventSourceKind kind, string service) : IEventSource
{
    readonly string refusal = $"{service} is forwarded to another server, which is not polled: event source mappings work with the {service} of this server only.";

    public EventSourceKind Kind => kind;

    public Task RequireReadableAsync(EventSourceMapping mapping) => throw LambdaErrors.InvalidParameter(refusal);

    public Task PollAsync(EventSourceMapping mapping, IBatchConsumer function, CancellationToken stop) => throw new InvalidOperationException(refusal);
}
