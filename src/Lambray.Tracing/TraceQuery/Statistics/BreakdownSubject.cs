using System.Globalization;
using Lambray.Tracing.TraceQuery.Filters;

namespace Lambray.Tracing.TraceQuery.Statistics;

/// <summary>What traces are put together by. Only what filter expressions can ask for is one, so that each kind can be looked at on its own.</summary>
public abstract record BreakdownSubject
{
    private protected BreakdownSubject()
    {
    }

    /// <summary>The URL that was asked for.</summary>
    public static BreakdownSubject Url { get; } = new ByUrl();

    public static BreakdownSubject Method { get; } = new ByMethod();

    /// <summary>The HTTP status that was answered.</summary>
    public static BreakdownSubject Status { get; } = new ByStatus();

    public static BreakdownSubject User { get; } = new ByUser();

    /// <summary>The service that the request entered by.</summary>
    public static BreakdownSubject EntryPoint { get; } = new ByEntryPoint();

    public static BreakdownSubject Annotation(string key) => new ByAnnotation(key);

    internal abstract IEnumerable<Kind> KindsOf(TraceSummary trace);

    static Kind KindOf(string value, Filter filter) => new(value, filter.ToString());

    static TextTest Is(FilterKeyword keyword, string value) => new(keyword, new Comparison(FilterOperator.Equal, value));

    sealed record ByUrl : BreakdownSubject
    {
        internal override IEnumerable<Kind> KindsOf(TraceSummary trace) =>
            trace.Http?.Url is { } url ? [KindOf(url, Is(FilterKeyword.HttpUrl, url))] : [];
    }

    sealed record ByMethod : BreakdownSubject
    {
        internal override IEnumerable<Kind> KindsOf(TraceSummary trace) =>
            trace.Http?.Method is { } method ? [KindOf(method, Is(FilterKeyword.HttpMethod, method))] : [];
    }

    sealed record ByStatus : BreakdownSubject
    {
        internal override IEnumerable<Kind> KindsOf(TraceSummary trace) => trace.Http?.Status is { } status
            ? [KindOf(status.ToString(CultureInfo.InvariantCulture), new NumberTest(FilterKeyword.HttpStatus, new Comparison(FilterOperator.Equal, (double)status)))]
            : [];
    }

    sealed record ByUser : BreakdownSubject
    {
        internal override IEnumerable<Kind> KindsOf(TraceSummary trace) =>
            trace.Users.Select(user => KindOf(user.Name, Is(FilterKeyword.User, user.Name)));
    }

    sealed record ByEntryPoint : BreakdownSubject
    {
        internal override IEnumerable<Kind> KindsOf(TraceSummary trace) =>
            [KindOf(trace.EntryPoint.Name, new ServiceTest(new NodeSelector(trace.EntryPoint.Name, trace.EntryPoint.Type, null), new FlagTest(FilterKeyword.Root, Wanted: true)))];
    }

    sealed record ByAnnotation(string Key) : BreakdownSubject
    {
        internal override IEnumerable<Kind> KindsOf(TraceSummary trace) => trace.Annotations.TryGetValue(Key, out var values)
            ? values.Select(value => KindOf(value.Value.ToString(), new AnnotationTest(Key, new Comparison(FilterOperator.Equal, value.Value))))
            : [];
    }
}
