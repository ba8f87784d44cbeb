using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>The way from the root of a trace down to an entity where its fault or error began.</summary>
/// <param name="ClientImpacting">The root's answer itself was bad, so whoever called noticed.</param>
public sealed record RootCause(IReadOnlyList<RootCauseService> Services, bool ClientImpacting)
{
    const int CausesMax = 10;
    const int ClientErrorStatus = 400;

    public static IReadOnlyList<RootCause> OfFaults(Trace trace) => Of(trace, entity => entity.Fault);

    /// <remarks>Recorded: a failed function whose Invoke was answered with 200 has the error flag and no root cause.</remarks>
    public static IReadOnlyList<RootCause> OfErrors(Trace trace) =>
        trace.Root?.Http?.Response?.Status < ClientErrorStatus ? [] : Of(trace, entity => entity.Error);

    static RootCause[] Of(Trace trace, Func<SegmentEntity, bool> failed)
    {
        if (trace.Root is not { } root || !failed(root)) return [];
        var causes =
            from segment in trace.AllSegments
            from entity in segment.Descendants().Prepend<SegmentEntity>(segment)
            where failed(entity) && !entity.Subsegments.Concat<SegmentEntity>(trace.CalledBy(entity.Id)).Any(failed)
            let path = PathTo(trace, entity, failed)
            where path[0].Entity.Id == root.Id
            select new RootCause(RootCauseService.Along(path), ClientImpacting: true);
        return [.. causes.Take(CausesMax)];
    }

    // Upwards as long as the failure goes; ids in a ring end it too.
    static List<EntityPlace> PathTo(Trace trace, SegmentEntity entity, Func<SegmentEntity, bool> failed)
    {
        var path = new List<EntityPlace>();
        var seen = new HashSet<SegmentId>();
        var next = trace.FindPlace(entity.Id);
        while (next is { } place && failed(place.Entity) && seen.Add(place.Entity.Id))
        {
            path.Add(place);
            next = trace.FindPlace(place.ParentId);
        }
        path.Reverse();
        return path;
    }
}

/// <summary>One service on the way to a root cause, with its entities on that way.</summary>
public sealed record RootCauseService(ServiceId Id, IReadOnlyList<RootCauseEntity> EntityPath, bool Inferred)
{
    public static IReadOnlyList<RootCauseService> Along(IReadOnlyList<EntityPlace> path) =>
    [
        .. path.GroupBy(place => place.Segment.Id).Select(places => new RootCauseService(
            ServiceId.Of(places.First().Segment), [.. places.Select(place => RootCauseEntity.Of(place.Entity))], places.First().Segment.Inferred)),
    ];
}

/// <param name="Remote">A call to a service downstream.</param>
public sealed record RootCauseEntity(string Name, IReadOnlyList<RootCauseException> Exceptions, bool Remote)
{
    public static RootCauseEntity Of(SegmentEntity entity) => new(
        entity.Name,
        [.. (entity.Cause?.Exceptions ?? []).Select(exception => new RootCauseException(exception.Type, exception.Message))],
        entity is Subsegment { Namespace: not null });
}

public sealed record RootCauseException(string? Name, string? Message);
