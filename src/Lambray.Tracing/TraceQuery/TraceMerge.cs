using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Puts documents together: each lone subsegment under its parent, each id once, whatever the order.</summary>
/// <remarks>
/// A branch has one holder at most, and a segment none. So whatever hangs on a segment is a tree, however the ids of broken documents point
/// at each other, and a ring hangs on nothing.
/// </remarks>
sealed class TraceMerge
{
    // Whoever reads the document with a recursive parser must survive it; what is deeper is shown at this depth.
    const int DepthMax = 250;

    readonly Dictionary<SegmentId, Branch> branches = [];

    public static (IReadOnlyList<Segment> Segments, IReadOnlyList<Subsegment> Orphans) Merge(IEnumerable<SegmentEntity> documents)
    {
        var told = new List<(SegmentEntity Entity, int Arrival)>();
        foreach (var entity in documents)
            if (entity is not Segment { Inferred: true }) told.Add((entity, told.Count));
        // Segments first, so that no subsegment can take the id of one; then by id, so that the order of arrival changes nothing.
        told.Sort(static (one, other) =>
        {
            var order = (one.Entity is Subsegment).CompareTo(other.Entity is Subsegment);
            if (order == 0) order = one.Entity.Id.Value.CompareTo(other.Entity.Id.Value);
            return order != 0 ? order : one.Arrival.CompareTo(other.Arrival);
        });
        var merge = new TraceMerge();
        foreach (var (entity, _) in told) merge.Add(entity, holder: null);
        merge.AttachLoneSubsegments();
        return (merge.Segments(), merge.Orphans());
    }

    void Add(SegmentEntity entity, Branch? holder)
    {
        if (!branches.TryGetValue(entity.Id, out var branch)) branches[entity.Id] = branch = new Branch(entity);
        else if (branch.Entity is Segment && entity is Subsegment) return;
        else if (branch.Entity.InProgress && !entity.InProgress) branch.Entity = entity;
        branch.HoldBy(holder);
        foreach (var subsegment in entity.Subsegments) Add(subsegment, branch);
    }

    void AttachLoneSubsegments()
    {
        foreach (var branch in branches.Values)
            if (branch is { Holder: null, Entity: Subsegment { ParentId: { } parentId } } && branches.TryGetValue(parentId, out var parent))
                branch.HoldBy(parent);
    }

    List<Segment> Segments()
    {
        var segments = new List<Segment>();
        foreach (var branch in branches.Values)
            if (branch.Entity is Segment) segments.Add((Segment)branch.ToEntity(0));
        segments.Sort(ByStart);
        return segments;
    }

    List<Subsegment> Orphans()
    {
        List<Subsegment>? orphans = null;
        foreach (var branch in branches.Values)
            if (branch is { Holder: null, Entity: Subsegment orphan }) (orphans ??= []).Add(orphan);
        return orphans ?? [];
    }

    static int ByStart(SegmentEntity one, SegmentEntity other)
    {
        var order = one.StartTime.CompareTo(other.StartTime);
        return order != 0 ? order : one.Id.Value.CompareTo(other.Id.Value);
    }

    sealed class Branch(SegmentEntity entity)
    {
        List<Branch>? held;

        public SegmentEntity Entity { get; set; } = entity;

        public Branch? Holder { get; private set; }

        public void HoldBy(Branch? holder)
        {
            if (holder is null || Holder is not null || holder == this) return;
            Holder = holder;
            (holder.held ??= []).Add(this);
        }

        public SegmentEntity ToEntity(int depth)
        {
            var below = depth < DepthMax ? DirectlyBelow(depth) : AllBelow();
            below?.Sort(ByStart);
            // Most documents are whole as they came: those are not copied.
            var asSent = IsAsSent(below);
            return Entity switch
            {
                Subsegment { TraceId: null, ParentId: null } or Segment when asSent => Entity,
                Subsegment subsegment => subsegment with { Subsegments = below ?? [], TraceId = null, ParentId = null },
                _ => Entity with { Subsegments = below ?? [] },
            };
        }

        bool IsAsSent(List<Subsegment>? below)
        {
            if ((below?.Count ?? 0) != Entity.Subsegments.Count) return false;
            for (var index = 0; index < Entity.Subsegments.Count; index++)
                if (!ReferenceEquals(below![index], Entity.Subsegments[index])) return false;
            return true;
        }

        List<Subsegment>? DirectlyBelow(int depth)
        {
            if (held is null) return null;
            var below = new List<Subsegment>(held.Count);
            foreach (var branch in held) below.Add((Subsegment)branch.ToEntity(depth + 1));
            return below;
        }

        List<Subsegment>? AllBelow()
        {
            if (held is null) return null;
            var below = new List<Subsegment>();
            var rest = new Stack<Branch>(held);
            while (rest.TryPop(out var next))
            {
                below.Add((Subsegment)next.Entity with { Subsegments = [], TraceId = null, ParentId = null });
                foreach (var branch in next.held ?? []) rest.Push(branch);
            }
            return below;
        }
    }
}
