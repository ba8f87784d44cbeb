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
        var merge = new TraceMerge();
        var told = documents.Where(entity => entity is not Segment { Inferred: true });
        // Segments first, so that no subsegment can take the id of one; then by id, so that the order of arrival changes nothing.
        foreach (var entity in told.OrderBy(entity => entity is Subsegment).ThenBy(entity => entity.Id.Value)) merge.Add(entity, holder: null);
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

    List<Segment> Segments() =>
    [
        .. branches.Values.Where(branch => branch.Entity is Segment).Select(branch => (Segment)branch.ToEntity(0))
            .OrderBy(segment => segment.StartTime).ThenBy(segment => segment.Id.Value),
    ];

    List<Subsegment> Orphans() =>
        [.. branches.Values.Where(branch => branch is { Holder: null, Entity: Subsegment }).Select(branch => (Subsegment)branch.Entity)];

    sealed class Branch(SegmentEntity entity)
    {
        readonly List<Branch> held = [];

        public SegmentEntity Entity { get; set; } = entity;

        public Branch? Holder { get; private set; }

        public void HoldBy(Branch? holder)
        {
            if (holder is null || Holder is not null || holder == this) return;
            Holder = holder;
            holder.held.Add(this);
        }

        public SegmentEntity ToEntity(int depth)
        {
            var below = depth < DepthMax ? held.Select(branch => branch.ToEntity(depth + 1)) : AllBelow();
            var subsegments = below.Cast<Subsegment>().OrderBy(subsegment => subsegment.StartTime).ThenBy(subsegment => subsegment.Id.Value);
            return Entity is Subsegment subsegment
                ? subsegment with { Subsegments = [.. subsegments], TraceId = null, ParentId = null }
                : Entity with { Subsegments = [.. subsegments] };
        }

        IEnumerable<SegmentEntity> AllBelow()
        {
            var rest = new Stack<Branch>(held);
            while (rest.TryPop(out var next))
            {
                yield return (Subsegment)next.Entity with { Subsegments = [], TraceId = null, ParentId = null };
                foreach (var branch in next.held) rest.Push(branch);
            }
        }
    }
}
