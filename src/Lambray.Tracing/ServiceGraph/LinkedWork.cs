using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>The work in another trace that a segment's link leads back to, such as the call that sent a message.</summary>
/// <param name="Service">Where the message went, if it was a call; else whose work it was.</param>
/// <param name="Sent">When it ended.</param>
public readonly record struct LinkedWork(ServiceId Service, SegmentTime Sent)
{
    /// <summary>The reference type of a link from a consumer to its producer.</summary>
    const string ToProducer = "parent";

    /// <summary>What the links of a trace's segments lead back to; a trace that has not come yet is left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<TraceLink, LinkedWork>> FindAsync(Trace trace, Func<TraceId, ValueTask<Trace?>> find)
    {
        var found = new Dictionary<TraceLink, LinkedWork>();
        foreach (var segment in trace.Segments)
            foreach (var link in segment.Links)
                if (link.ReferenceType == ToProducer && !found.ContainsKey(link) && await find(link.TraceId) is { } other && Of(other, link.Id) is { } work)
                    found[link] = work;
        return found;
    }

    static LinkedWork? Of(Trace trace, SegmentId id)
    {
        if (trace.FindPlace(id) is not { } place) return null;
        var called = trace.CalledBy(id) is [var first, ..] ? first : null;
        return new LinkedWork(ServiceId.Of(called ?? place.Segment), place.Entity.EndTime ?? place.Entity.StartTime);
    }
}
