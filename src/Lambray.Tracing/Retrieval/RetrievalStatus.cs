namespace Lambray.Tracing.Retrieval;

/// <summary>How far a retrieval is ("ListRetrievedTraces" in the X-Ray API reference).</summary>
public enum RetrievalStatus
{
    Scheduled,
    Running,
    Complete,
    Failed,
    Cancelled,

    /// <summary>An hour has passed since it was started.</summary>
    Timeout,
}

/// <summary>What is known of a retrieval at a moment.</summary>
/// <param name="Found">The traces that are there, in the order in which they were asked for; empty until it is complete.</param>
public sealed record RetrievalState(RetrievalStatus Status, IReadOnlyList<Segments.TraceId> Found);
