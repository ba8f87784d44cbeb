using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.Intake;

/// <summary>A batch of documents: what can be stored, and what is reported back.</summary>
sealed record DocumentBatch(IReadOnlyList<StoredDocument> Documents, IReadOnlyList<UnprocessedSegment> Unprocessed)
{
    /// <summary>How many there were, the elements of arrays counted one by one.</summary>
    public int Count => Documents.Count + Unprocessed.Count;

    public static DocumentBatch Read(IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        var good = new List<StoredDocument>(documents.Count);
        var unprocessed = new List<UnprocessedSegment>();
        foreach (var document in documents)
        {
            if (DocumentParts.Find(document) is not { } parts) Read(document, good, unprocessed);
            else foreach (var part in parts) Read(part, good, unprocessed);
        }
        return new DocumentBatch(good, unprocessed);
    }

    /// <summary>The documents of segments of our own.</summary>
    public static DocumentBatch Write(IReadOnlyList<SegmentEntity> entities)
    {
        var good = new List<StoredDocument>(entities.Count);
        var unprocessed = new List<UnprocessedSegment>();
        foreach (var entity in entities)
        {
            var trace = TraceOf(entity);
            if (!SegmentDocument.TryWriteAsSent(entity, out var document, out var rejection)) unprocessed.Add(rejection);
            else good.Add(StoredDocument.Of(entity, trace, document));
        }
        return new DocumentBatch(good, unprocessed);
    }

    static void Read(ReadOnlyMemory<byte> document, List<StoredDocument> good, List<UnprocessedSegment> unprocessed)
    {
        if (!SegmentDocument.TryRead(document, out var entity, out var rejection)) unprocessed.Add(rejection);
        else good.Add(StoredDocument.Of(entity, TraceOf(entity), document));
    }

    static TraceId TraceOf(SegmentEntity entity) => entity switch
    {
        Segment segment => segment.TraceId,
        Subsegment { TraceId: { } id, ParentId: not null } => id,
        _ => throw new ArgumentException("A subsegment on its own must name its trace and its parent.", nameof(entity)),
    };
}
