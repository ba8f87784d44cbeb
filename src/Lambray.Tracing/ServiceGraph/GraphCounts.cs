using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>What one trace adds to the service map.</summary>
/// <remarks>
/// A node counts its own segments, sent or inferred. An edge counts the caller's subsegments; where no subsegment tells of a call, as between
/// the two segments that Lambda writes, it counts the segment called. Local subsegments between caller and call are looked through.
/// </remarks>
public static class GraphCounts
{
    /// <param name="linked">What the links of its segments lead back to.</param>
    public static IReadOnlyList<GraphCount> Of(Trace trace, IReadOnlyDictionary<TraceLink, LinkedWork> linked)
    {
        var counts = new List<GraphCount>(trace.AllSegments.Count * 3);
        var counted = new HashSet<(SegmentId Call, ServiceId Callee)>();
        foreach (var segment in trace.AllSegments)
        {
            var service = ServiceId.Of(segment);
            if (trace.FindPlace(segment.ParentId) is not { } caller) AddRoot(counts, segment, service);
            else AddCalled(counts, counted, segment, service, caller);
            AddLinks(counts, segment, service, linked);
        }
        return counts;
    }

    static void AddRoot(List<GraphCount> counts, Segment root, ServiceId service)
    {
        var client = ServiceId.ClientOf(root);
        counts.Add(Count(new GraphPart(null, client), root) with { Outcome = CallOutcome.Unknown });
        counts.Add(Count(new GraphPart(client, service), root));
        counts.Add(Count(new GraphPart(null, service), root) with
        {
            Root = true,
            Sent = !root.Inferred,
        });
    }

    static void AddCalled(List<GraphCount> counts, HashSet<(SegmentId Call, ServiceId Callee)> counted, Segment segment, ServiceId service, EntityPlace caller)
    {
        var call = caller.Entity is Subsegment { Namespace: not null } ? caller.Entity : segment;
        // One call that was answered twice by the same service is still one call.
        if (counted.Add((call.Id, service))) counts.Add(Count(new GraphPart(ServiceId.Of(caller.Segment), service), call));
        counts.Add(Count(new GraphPart(null, service), segment) with { Sent = !segment.Inferred });
    }

    // An edge between traces counts how old the message was when somebody took it up.
    static void AddLinks(List<GraphCount> counts, Segment segment, ServiceId service, IReadOnlyDictionary<TraceLink, LinkedWork> linked)
    {
        foreach (var link in segment.Links)
        {
            if (!linked.TryGetValue(link, out var work)) continue;
            var taken = segment.StartTime.EpochMicroseconds;
            counts.Add(new GraphCount(
                new GraphPart(work.Service, service, Link: true), Math.Min(taken, work.Sent.EpochMicroseconds), taken, OutcomeOf(segment)));
        }
    }

    static GraphCount Count(GraphPart part, SegmentEntity entity)
    {
        var start = entity.StartTime.EpochMicroseconds;
        var end = Math.Max(start, entity.EndTime?.EpochMicroseconds ?? start);
        return new GraphCount(part, start, end, OutcomeOf(entity));
    }

    // With several flags it counts once, fault before throttle before error, so that the sum is right.
    static CallOutcome OutcomeOf(SegmentEntity entity) =>
        entity.InProgress ? CallOutcome.Unknown
        : entity.Fault ? CallOutcome.Fault
        : entity.Throttle ? CallOutcome.Throttle
        : entity.Error ? CallOutcome.Error
        : CallOutcome.Ok;
}
