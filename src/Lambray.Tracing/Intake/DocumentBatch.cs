using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.Intake;

/// <summary>A batch of documents after reading: what can be stored, and what is reported back.</summary>
sealed record DocumentBatch(IReadOnlyList<StoredDocument> Documents, IReadOnlyList<UnprocessedSegment> Unprocessed)
{
    public static DocumentBatch Read(IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        var good = new List<StoredDocument>(documents.Count);
        var unprocessed = new List<UnprocessedSegment>();
        foreach (var document in documents)
        {
            if (!SegmentDocument.TryRead(document, out var entity, out var rejection)) unprocessed.Add(rejection);
            else good.Add(StoredDocument.Of(entity, TraceOf(entity), document));
        }
        return new DocumentBatch(good, unprocessed);
    }

    static TraceId TraceOf(SegmentEntity entity) => entity switch
    {
        Segment segment => segment.TraceId,
        Subsegment { TraceId: { } id } => id,
        _ => throw new InvalidOperationException("A document was read without its trace id."),
    };
}
