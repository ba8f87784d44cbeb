namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>The segments of one service that ended alike, between the braces of <c>service() { }</c>.</summary>
sealed class SegmentSubject(TraceSummary trace, SegmentFacts segment) : FilterSubject
{
    public static bool Any(TraceSummary trace, NodeSelector node, Filter inner)
    {
        foreach (var segment in trace.Segments)
            if (node.Selects(segment.Service) && inner.Matches(new SegmentSubject(trace, segment))) return true;
        return false;
    }

    public override bool Is(FilterKeyword keyword) => segment.Outcome.Is(keyword);

    public override bool AnyNumber(FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.ResponseTime or FilterKeyword.Duration => comparison.Holds(segment.ShortestSeconds, segment.LongestSeconds),
        FilterKeyword.HttpStatus => segment.Http?.Status is { } status && comparison.Holds(status),
        _ => false,
    };

    public override bool AnyText(FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.User => AnyUser(comparison),
        FilterKeyword.Name => comparison.Holds(segment.Service.Name),
        FilterKeyword.Type => comparison.Holds(segment.Service.Type),
        FilterKeyword.Message => Any(segment.Messages, comparison),
        FilterKeyword.AvailabilityZone => comparison.Holds(segment.AvailabilityZone),
        FilterKeyword.InstanceId => comparison.Holds(segment.InstanceId),
        FilterKeyword.ResourceArn => comparison.Holds(segment.ResourceArn),
        _ => AnyHttp(segment.Http, keyword, comparison),
    };

    public override bool AnyAnnotation(string key, Comparison comparison)
    {
        if (!trace.Annotations.TryGetValue(key, out var annotations)) return false;
        foreach (var annotation in annotations)
            if (comparison.Holds(annotation.Value) && annotation.ServiceIds.Contains(segment.Service)) return true;
        return false;
    }

    bool AnyUser(Comparison comparison)
    {
        foreach (var user in trace.Users)
            if (comparison.Holds(user.Name) && user.ServiceIds.Contains(segment.Service)) return true;
        return false;
    }
}
