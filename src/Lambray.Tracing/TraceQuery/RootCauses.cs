using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Finds where the faults and errors of a trace began: an entity that failed though nothing beneath it did.</summary>
static class RootCauses
{
    const int CausesMax = 10;
    const int EntitiesMax = 100;
    const int ClientErrorStatus = 400;

    public static IReadOnlyList<RootCause> OfFaults(Trace trace) => Of(trace, entity => entity.Fault);

    /// <remarks>Recorded: a failed function whose Invoke was answered with 200 has the error flag and no root cause.</remarks>
    public static IReadOnlyList<RootCause> OfErrors(Trace trace) =>
        trace.Root?.Http?.Response?.Status < ClientErrorStatus ? [] : Of(trace, entity => entity.Error);

    static List<RootCause> Of(Trace trace, Func<SegmentEntity, bool> failed)
    {
        List<RootCause>? causes = null;
        foreach (var segment in trace.AllSegments) Add(trace, segment, failed, ref causes);
        return causes ?? [];
    }

    static void Add(Trace trace, SegmentEntity entity, Func<SegmentEntity, bool> failed, ref List<RootCause>? causes)
    {
        if (causes?.Count == CausesMax) return;
        if (failed(entity) && !AnyBelow(trace, entity, failed) && FindCause(trace, entity, failed) is { } cause) (causes ??= []).Add(cause);
        foreach (var subsegment in entity.Subsegments) Add(trace, subsegment, failed, ref causes);
    }

    static bool AnyBelow(Trace trace, SegmentEntity entity, Func<SegmentEntity, bool> failed)
    {
        foreach (var subsegment in entity.Subsegments)
            if (failed(subsegment)) return true;
        foreach (var called in trace.CalledBy(entity.Id))
            if (failed(called)) return true;
        return false;
    }

    // Up to the root; null for what hangs on no root because the ids of broken documents run in a ring, or on another one.
    static RootCause? FindCause(Trace trace, SegmentEntity entity, Func<SegmentEntity, bool> failed)
    {
        var path = new List<EntityPlace>();
        var impacting = true;
        for (var next = trace.FindPlace(entity.Id); next is { } place && path.Count < EntitiesMax; next = trace.FindPlace(place.ParentId))
        {
            path.Add(place);
            impacting &= failed(place.Entity);
        }
        path.Reverse();
        return path[0].Entity == trace.Root ? new RootCause(RootCauseService.Along(path, RootCauseEntity.OfFailure), impacting) : null;
    }
}
