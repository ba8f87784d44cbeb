using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Finds where the time of a slow trace went: from the root down, always into what covers most of the response time.</summary>
/// <remarks>
/// Recorded from AWS: traces of 0.4 and 1.2 seconds have none, of 2.9 and 3.0 seconds one, which leads into a cold start that took 86 % of the
/// time; an entity covers what its longest part covers, also where that lies outside of it. AWS publishes neither the limit nor how far
/// down the way leads; two seconds and half of the response time are ours.
/// </remarks>
static class ResponseTimeRootCause
{
    const double SlowSeconds = 2;
    const double CoverageMin = 0.5;
    const int EntitiesMax = 100;

    public static IReadOnlyList<RootCause> Of(Trace trace)
    {
        if (trace.Root is not { Duration: > SlowSeconds } root) return [];
        var path = new List<(EntityPlace Place, double Seconds)>();
        for (SegmentEntity? next = root; next is not null && path.Count < EntitiesMax; next = LongestBelow(trace, next, root.Duration * CoverageMin))
        {
            if (trace.FindPlace(next.Id) is not { } place || path.Exists(step => step.Place.Entity == next)) break;
            path.Add((place, next.Duration));
        }
        return [new RootCause(Describe(path, root.Duration), ClientImpacting: true)];
    }

    static SegmentEntity? LongestBelow(Trace trace, SegmentEntity entity, double secondsMin)
    {
        SegmentEntity? longest = null;
        var seconds = 0.0;
        foreach (var below in entity.Subsegments.Concat<SegmentEntity>(trace.CalledBy(entity.Id)))
        {
            var covered = LongestPart(trace, below);
            if (covered >= secondsMin && covered > seconds) (longest, seconds) = (below, covered);
        }
        return longest;
    }

    // Of the entity itself and what is directly beneath it: a cold start is a part of a function's segment that began later.
    static double LongestPart(Trace trace, SegmentEntity entity)
    {
        var longest = entity.Duration;
        foreach (var below in entity.Subsegments) longest = Math.Max(longest, below.Duration);
        foreach (var called in trace.CalledBy(entity.Id)) longest = Math.Max(longest, called.Duration);
        return longest;
    }

    static IReadOnlyList<RootCauseService> Describe(List<(EntityPlace Place, double Seconds)> path, double responseTime)
    {
        // From the end upwards, so that each step covers at least what the one beneath it does.
        var coverages = new Dictionary<SegmentId, double>(path.Count);
        var covered = 0.0;
        for (var step = path.Count - 1; step >= 0; step--)
        {
            covered = Math.Max(covered, path[step].Seconds);
            coverages[path[step].Place.Entity.Id] = Math.Round(Math.Min(1, covered / responseTime), 3);
        }
        return RootCauseService.Along([.. path.Select(step => step.Place)], entity => RootCauseEntity.OfTime(entity, coverages[entity.Id]));
    }
}
