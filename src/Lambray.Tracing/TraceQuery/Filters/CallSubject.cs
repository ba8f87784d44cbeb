namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>The calls from one service to another that ended alike, between the braces of <c>edge() { }</c>: what the caller saw.</summary>
sealed class CallSubject(TraceSummary trace, CallFacts call) : FilterSubject
{
    public TraceSummary Trace => trace;

    public CallFacts Call => call;

    public override bool Is(FilterKeyword keyword) => call.Outcome.Is(keyword);

    public override bool AnyNumber(FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.ResponseTime or FilterKeyword.Duration => comparison.Holds(call.ShortestSeconds, call.LongestSeconds),
        FilterKeyword.HttpStatus => call.Http?.Status is { } status && comparison.Holds(status),
        _ => false,
    };

    public override bool AnyText(FilterKeyword keyword, Comparison comparison) => AnyHttp(call.Http, keyword, comparison);

    // A call's annotations are the caller's: they are merged by service, as GetTraceSummaries shows them.
    public override bool AnyAnnotation(string key, Comparison comparison)
    {
        if (!trace.Annotations.TryGetValue(key, out var annotations)) return false;
        foreach (var annotation in annotations)
            if (comparison.Holds(annotation.Value) && annotation.ServiceIds.Contains(call.Source)) return true;
        return false;
    }
}
