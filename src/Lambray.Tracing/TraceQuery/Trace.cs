using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Everything known of one request: its segments with their subsegments in place, and the segments inferred from its calls.</summary>
public sealed class Trace
{
    readonly Dictionary<SegmentId, EntityPlace> places = [];
    readonly ILookup<SegmentId, Segment> segmentsByParent;

    Trace(TraceId id, int revision, IReadOnlyList<Segment> segments, IReadOnlyList<Subsegment> orphans)
    {
        (Id, Revision, Segments, Orphans) = (id, revision, segments, orphans);
        foreach (var segment in segments) Place(segment);
        var answered = segments.Select(segment => segment.ParentId).ToHashSet();
        InferredSegments = [.. segments.SelectMany(InferredSegment.Of).Where(inferred => !answered.Contains(inferred.ParentId))];
        foreach (var segment in InferredSegments) Place(segment);
        AllSegments = [.. Segments.Concat(InferredSegments).OrderBy(segment => segment.StartTime)];
        segmentsByParent = AllSegments.Where(segment => segment.ParentId is not null).ToLookup(segment => segment.ParentId!.Value);
        // A parent that is not in the trace, or a ring of parents, must not hide the request's way in.
        Root = segments.OrderBy(segment => segment.ParentId is not null).ThenBy(segment => !IsRoot(segment)).FirstOrDefault();
        Start = places.Values.Select(place => place.Entity.StartTime).DefaultIfEmpty().Min();
        End = places.Values.Select(place => place.Entity.EndTime ?? place.Entity.StartTime).DefaultIfEmpty().Max();
    }

    public TraceId Id { get; }

    /// <summary>How often the trace was written to.</summary>
    public int Revision { get; }

    /// <summary>The segments that were sent, by start time.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>One for each finished downstream call whose callee sent no segment.</summary>
    public IReadOnlyList<Segment> InferredSegments { get; }

    /// <summary>Sent and inferred segments together, by start time.</summary>
    public IReadOnlyList<Segment> AllSegments { get; }

    /// <summary>Subsegments whose parent has not come; they take their place once it does.</summary>
    public IReadOnlyList<Subsegment> Orphans { get; }

    /// <summary>The segment that the request entered by; null as long as no segment has come.</summary>
    public Segment? Root { get; }

    public SegmentTime Start { get; }

    /// <summary>The latest end, of subsegments too: asynchronous work goes on after its segment.</summary>
    public SegmentTime End { get; }

    public double Duration => End - Start;

    /// <summary>Merges documents, in any order, into the trace that they tell of.</summary>
    /// <param name="documents">Those that senders sent, or those that BatchGetTraces gave.</param>
    public static Trace Merge(TraceId id, IEnumerable<SegmentEntity> documents, int revision = 0)
    {
        var (segments, orphans) = TraceMerge.Merge(documents);
        return new Trace(id, revision, segments, orphans);
    }

    /// <summary>Whether the caller of this segment is outside of the trace, or has not told of itself.</summary>
    public bool IsRoot(Segment segment) => segment.ParentId is not { } parent || !places.ContainsKey(parent);

    /// <summary>Where an entity stands; null when the trace has no such id.</summary>
    public EntityPlace? FindPlace(SegmentId? id) => id is { } known && places.TryGetValue(known, out var place) ? place : null;

    /// <summary>The segments, sent or inferred, that this entity called, by start time.</summary>
    public IEnumerable<Segment> CalledBy(SegmentId id) => segmentsByParent[id];

    void Place(Segment segment)
    {
        places[segment.Id] = new EntityPlace(segment, segment, segment.ParentId);
        PlaceInside(segment, segment);
        foreach (var subsegment in segment.Descendants()) PlaceInside(segment, subsegment);
    }

    void PlaceInside(Segment segment, SegmentEntity parent)
    {
        foreach (var subsegment in parent.Subsegments) places[subsegment.Id] = new EntityPlace(segment, subsegment, parent.Id);
    }
}

/// <summary>An entity of a trace, the segment that it belongs to, and what it is directly beneath.</summary>
public readonly record struct EntityPlace(Segment Segment, SegmentEntity Entity, SegmentId? ParentId);
