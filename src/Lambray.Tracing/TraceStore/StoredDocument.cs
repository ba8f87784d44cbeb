using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>One segment document as the store keeps it: its key, what the store orders by, and the text.</summary>
/// <param name="End">Null while the work is in progress.</param>
public sealed record StoredDocument(TraceId TraceId, SegmentId Id, SegmentTime Start, SegmentTime? End, ReadOnlyMemory<byte> Json)
{
    public bool InProgress => End is null;

    /// <summary>Files a document under its own ids.</summary>
    /// <param name="traceId">The trace that the entity names, or for a subsegment of our own the one around it.</param>
    public static StoredDocument Of(SegmentEntity entity, TraceId traceId, ReadOnlyMemory<byte> json) =>
        new(traceId, entity.Id, entity.StartTime, entity.EndTime, json);
}
