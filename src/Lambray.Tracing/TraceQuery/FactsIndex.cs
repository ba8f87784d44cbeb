using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Collects what filter expressions ask of segments and calls; those that ended alike become one, with the shortest and the longest time.</summary>
sealed class FactsIndex
{
    // Beyond these neither requests nor places are told apart any more, so that what is left is services times outcomes.
    const int DetailedMax = 150;
    const int FactsMax = 1000;
    const int MessagesMax = 5;

    readonly List<SegmentFacts> segments;
    readonly List<CallFacts> calls;
    readonly Dictionary<(ServiceId, SegmentOutcome, HttpSummary?, SegmentPlace), int> knownSegments;
    readonly Dictionary<(ServiceId, ServiceId, SegmentOutcome, HttpSummary?), int> knownCalls;

    public FactsIndex(int capacity)
    {
        (segments, calls) = (new(capacity), new(capacity));
        (knownSegments, knownCalls) = (new(capacity), new(capacity));
    }

    public IReadOnlyList<SegmentFacts> Segments => segments;

    public IReadOnlyList<CallFacts> Calls => calls;

    public void AddSegment(ServiceId service, SegmentOutcome outcome, Segment segment, SegmentPlace place, List<string>? messages)
    {
        var (http, told) = segments.Count < DetailedMax ? (HttpSummary.Of(segment), place) : (null, default);
        var seconds = segment.Duration;
        if (knownSegments.TryGetValue((service, outcome, http, told), out var index))
        {
            segments[index] = Merge(segments[index], seconds, messages);
            return;
        }
        if (segments.Count == FactsMax) return;
        knownSegments[(service, outcome, http, told)] = segments.Count;
        segments.Add(new SegmentFacts(
            service, outcome, seconds, seconds, http, told.ResourceArn, told.InstanceId, told.AvailabilityZone,
            messages is null ? [] : [.. messages.Take(MessagesMax)]));
    }

    public void AddCall(ServiceId source, ServiceId destination, SegmentEntity call, SegmentOutcome outcome)
    {
        var http = calls.Count < DetailedMax ? HttpSummary.Of(call) : null;
        var seconds = call.Duration;
        if (knownCalls.TryGetValue((source, destination, outcome, http), out var index))
        {
            var known = calls[index];
            calls[index] = known with
            {
                ShortestSeconds = Math.Min(known.ShortestSeconds, seconds),
                LongestSeconds = Math.Max(known.LongestSeconds, seconds),
            };
            return;
        }
        if (calls.Count == FactsMax) return;
        knownCalls[(source, destination, outcome, http)] = calls.Count;
        calls.Add(new CallFacts(source, destination, outcome, seconds, seconds, http));
    }

    static SegmentFacts Merge(SegmentFacts known, double seconds, List<string>? messages) => known with
    {
        ShortestSeconds = Math.Min(known.ShortestSeconds, seconds),
        LongestSeconds = Math.Max(known.LongestSeconds, seconds),
        Messages = messages is null ? known.Messages : [.. known.Messages.Union(messages).Take(MessagesMax)],
    };
}

/// <summary>Where a segment's work was done.</summary>
readonly record struct SegmentPlace(string? ResourceArn, string? InstanceId, string? AvailabilityZone);
