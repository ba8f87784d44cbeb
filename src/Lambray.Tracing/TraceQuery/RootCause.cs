using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>The way from the root of a trace down to an entity where its fault or error began, or where its time went.</summary>
/// <param name="ClientImpacting">Whoever called noticed: the failure went all the way up, or the answer took its time.</param>
public sealed record RootCause(IReadOnlyList<RootCauseService> Services, bool ClientImpacting);

/// <summary>One service on the way to a root cause, with its entities on that way.</summary>
public sealed record RootCauseService(ServiceId Id, IReadOnlyList<RootCauseEntity> EntityPath, bool Inferred)
{
    /// <param name="path">From the root down.</param>
    /// <param name="describe">Makes an entity of each place.</param>
    public static IReadOnlyList<RootCauseService> Along(IReadOnlyList<EntityPlace> path, Func<SegmentEntity, RootCauseEntity> describe)
    {
        var services = new List<RootCauseService>();
        for (var from = 0; from < path.Count;)
        {
            var segment = path[from].Segment;
            var entities = new List<RootCauseEntity>();
            while (from < path.Count && path[from].Segment == segment) entities.Add(describe(path[from++].Entity));
            services.Add(new RootCauseService(ServiceId.Of(segment), entities, segment.Inferred));
        }
        return services;
    }
}

/// <param name="Exceptions">None on the way to where time went.</param>
/// <param name="Remote">A call to a service downstream.</param>
/// <param name="Coverage">On the way to where time went: its part of the root's response time, to three digits.</param>
public sealed record RootCauseEntity(string Name, IReadOnlyList<RootCauseException> Exceptions, bool Remote, double? Coverage = null)
{
    const int ExceptionsMax = 10;

    public static RootCauseEntity OfFailure(SegmentEntity entity) => new(
        entity.Name,
        [
            .. (entity.Cause?.Exceptions ?? []).Take(ExceptionsMax)
                .Select(exception => new RootCauseException(SummaryText.Cut(exception.Type), SummaryText.Cut(exception.Message))),
        ],
        IsCall(entity));

    public static RootCauseEntity OfTime(SegmentEntity entity, double coverage) => new(entity.Name, [], IsCall(entity), coverage);

    static bool IsCall(SegmentEntity entity) => entity is Subsegment { Namespace: not null };
}

public sealed record RootCauseException(string? Name, string? Message);
