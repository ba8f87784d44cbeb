using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore;

/// <summary>One segment document as the store keeps it: its key and the text.</summary>
/// <param name="Entity">What the text says, where somebody has just read it; null for one out of the store.</param>
public sealed record StoredDocument(TraceId TraceId, SegmentId Id, bool InProgress, ReadOnlyMemory<byte> Json, SegmentEntity? Entity = null)
{
    /// <summary>Files a document under its own ids.</summary>
    /// <param name="traceId">The trace that the entity names, or for a subsegment of our own the one around it.</param>
    public static StoredDocument Of(SegmentEntity entity, TraceId traceId, ReadOnlyMemory<byte> json) =>
        new(traceId, entity.Id, entity.InProgress, json, entity);

    public SegmentEntity Read() => Entity ?? SegmentDocument.Read(Json);
}
