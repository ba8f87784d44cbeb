using Lambray.Tracing.Segments;

namespace Lambray.Tests.Tracing.Indexing;

/// <summary>Documents of random traces through a few services: in progress and then complete, subsegments embedded or sent alone, some parents never sent.</summary>
static class RandomDocuments
{
    static readonly string[] Services = ["api", "orders", "stock", "mail"];

    public static TraceId TraceOf(SegmentEntity entity) => entity is Segment segment ? segment.TraceId : ((Subsegment)entity).TraceId!.Value;

    public static IReadOnlyList<SegmentEntity> Of(Random random, int traces)
    {
        var documents = new List<SegmentEntity>();
        for (var number = 1; number <= traces; number++)
            AddTrace(random, documents, TestSegments.Id($"1-6553f100-{number:x24}"), random.NextDouble() * 200);
        return documents;
    }

    static void AddTrace(Random random, List<SegmentEntity> documents, TraceId trace, double start)
    {
        ulong nextId = 1;
        ulong? parent = null;
        var depth = random.Next(1, 5);
        for (var level = 0; level < depth; level++)
        {
            var (id, callId) = (nextId++, nextId++);
            var (begin, end) = (start + level * 0.7, start + level * 0.7 + random.Next(1, 3000) / 1000.0);
            var call = TestSegments.Subsegment(
                id: callId, name: Services[random.Next(Services.Length)], start: begin, end: end, ns: random.Next(3) == 0 ? null : "remote",
                fault: random.Next(8) == 0, error: random.Next(8) == 0);
            var alone = random.Next(2) == 0;
            var segment = TestSegments.Segment(
                id: id, name: Services[random.Next(Services.Length)], start: begin, end: end, parent: parent, trace: trace,
                origin: random.Next(2) == 0 ? "AWS::Lambda::Function" : null, fault: random.Next(10) == 0, throttle: random.Next(15) == 0,
                annotations: new Dictionary<string, AnnotationValue> { ["level"] = level }, subsegments: alone ? [] : [call]);
            if (random.Next(3) == 0) documents.Add(segment with { EndTime = null, Subsegments = [] });
            // Sometimes the service never tells that it is through, or of itself at all.
            if (random.Next(12) != 0) documents.Add(segment);
            if (alone) documents.Add(call with { TraceId = trace, ParentId = segment.Id });
            parent = callId;
        }
    }
}
