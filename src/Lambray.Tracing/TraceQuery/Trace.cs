using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Everything known of one request: its segments with their subsegments in place, and the segments inferred from its calls.</summary>
public sealed class Trace
{
    readonly Dictionary<SegmentId, EntityPlace> places;
    readonly Dictionary<SegmentId, List<Segment>> segmentsByParent;
    SegmentTime end;

    Trace(TraceId id, int revision, IReadOnlyList<Segment> segments, IReadOnlyList<Subsegment> orphans)
    {
        (Id, Revision, Segments, Orphans) = (id, revision, segments, orphans);
        places = new Dictionary<SegmentId, EntityPlace>(segments.Count * 4);
        segmentsByParent = new Dictionary<SegmentId, List<Segment>>(segments.Count);
        foreach (var segment in segments) Place(segment);
        InferredSegments = InferSegments();
        foreach (var segment in InferredSegments) Place(segment);
        AllSegments = InferredSegments.Count == 0 ? segments : [.. Segments.Concat(InferredSegments).OrderBy(segment => segment.StartTime)];
        foreach (var called in segmentsByParent.Values)
            if (called.Count > 1) called.Sort((one, other) => one.StartTime.CompareTo(other.StartTime));
        Root = FindRoot();
        Start = FindStart();
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
    public SegmentTime End => end;

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
    public IReadOnlyList<Segment> CalledBy(SegmentId id) => segmentsByParent.TryGetValue(id, out var called) ? called : [];

    void Place(Segment segment)
    {
        places[segment.Id] = new EntityPlace(segment, segment, segment.ParentId);
        TakeEndOf(segment);
        PlaceInside(segment, segment);
        if (segment.ParentId is not { } parent) return;
        if (!segmentsByParent.TryGetValue(parent, out var called)) segmentsByParent[parent] = called = new List<Segment>(1);
        called.Add(segment);
    }

    // Merged segments are nowhere deeper than a recursion may go.
    void PlaceInside(Segment segment, SegmentEntity parent)
    {
        foreach (var subsegment in parent.Subsegments)
        {
            places[subsegment.Id] = new EntityPlace(segment, subsegment, parent.Id);
            TakeEndOf(subsegment);
            PlaceInside(segment, subsegment);
        }
    }

    void TakeEndOf(SegmentEntity entity)
    {
        var last = entity.EndTime ?? entity.StartTime;
        if (last > end) end = last;
    }

    List<Segment> InferSegments()
    {
        List<Segment>? inferred = null;
        foreach (var segment in Segments) InferBelow(segment, segment, ref inferred);
        return inferred ?? [];
    }

    void InferBelow(Segment caller, SegmentEntity parent, ref List<Segment>? inferred)
    {
        foreach (var subsegment in parent.Subsegments)
        {
            if (subsegment is { Namespace: not null, InProgress: false } && !segmentsByParent.ContainsKey(subsegment.Id))
                (inferred ??= []).Add(InferredSegment.Of(caller, subsegment));
            InferBelow(caller, subsegment, ref inferred);
        }
    }

    // A parent that is not in the trace, or a ring of parents, must not hide the request's way in.
    Segment? FindRoot()
    {
        Segment? caller = null;
        foreach (var segment in Segments)
        {
            if (segment.ParentId is null) return segment;
            if (caller is null && IsRoot(segment)) caller = segment;
        }
        return caller ?? (Segments.Count > 0 ? Segments[0] : null);
    }

    SegmentTime FindStart()
    {
        if (places.Count == 0) return default;
        var start = new SegmentTime(double.MaxValue);
        foreach (var place in places.Values)
            if (place.Entity.StartTime < start) start = place.Entity.StartTime;
        return start;
    }
}

/// <summary>An entity of a trace, the segment that it belongs to, and what it is directly beneath.</summary>
public readonly record struct EntityPlace(Segment Segment, SegmentEntity Entity, SegmentId? ParentId);
