namespace Lambray.Tracing.TraceStore;

/// <summary>A part of the service map: a node, or the arrow from one to another.</summary>
/// <param name="From">Null for the node <paramref name="To"/> itself.</param>
/// <param name="Link">The arrow joins two traces (<c>EdgeType</c> <c>link</c>).</param>
public readonly record struct GraphPart(ServiceId? From, ServiceId To, bool Link = false);

/// <summary>How a call ended, as the map counts it: once, however many flags it has.</summary>
public enum CallOutcome
{
    /// <summary>In progress, or seen of a client, of whose work nothing is known: it has a time and no figures.</summary>
    Unknown,
    Ok,
    Error,
    Throttle,
    Fault,
}

/// <summary>What one segment or call adds to a part of the map.</summary>
/// <param name="EndMicroseconds">Where the work has not ended, its start.</param>
/// <param name="Root">Requests entered here.</param>
/// <param name="Sent">The segment was sent, not inferred from a call.</param>
public readonly record struct GraphCount(
    GraphPart Part, long StartMicroseconds, long EndMicroseconds, CallOutcome Outcome, bool Root = false, bool Sent = false);
