namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>What a condition is asked about: a whole trace, a segment, a call, or a step on the way to a root cause.</summary>
/// <remarks>The parser lets only keywords through that a subject knows; what it does not know it does not have.</remarks>
abstract class FilterSubject
{
    public virtual bool Is(FilterKeyword keyword) => false;

    public virtual bool AnyNumber(FilterKeyword keyword, Comparison comparison) => false;

    public virtual bool AnyText(FilterKeyword keyword, Comparison comparison) => false;

    public virtual bool AnyAnnotation(string key, Comparison comparison) => false;

    protected static bool AnyHttp(HttpSummary? http, FilterKeyword keyword, Comparison comparison) => keyword switch
    {
        FilterKeyword.HttpUrl => comparison.Holds(http?.Url),
        FilterKeyword.HttpMethod => comparison.Holds(http?.Method),
        FilterKeyword.HttpUserAgent => comparison.Holds(http?.UserAgent),
        FilterKeyword.HttpClientIp => comparison.Holds(http?.ClientIp),
        _ => false,
    };

    protected static bool Any(IReadOnlyList<string> texts, Comparison comparison)
    {
        foreach (var text in texts)
            if (comparison.Holds(text)) return true;
        return false;
    }
}
