using Lambray.Aws;
using Lambray.Tracing.TraceQuery.Filters;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery;

/// <summary>A condition on traces, as GetTraceSummaries and groups take it ("Using filter expressions" in the X-Ray Developer Guide).</summary>
public sealed class FilterExpression
{
    readonly Filter? filter;

    internal FilterExpression(Filter? filter) => this.filter = filter;

    /// <summary>An empty text is a condition that every trace meets.</summary>
    /// <param name="groups">Who knows the groups that the text names; without it there are none.</param>
    /// <exception cref="AwsException">InvalidRequestException, with what is not understood and where.</exception>
    public static FilterExpression Parse(string? text, IFilterGroups? groups = null) => new(FilterParser.Parse(text ?? "", groups));

    /// <summary>The condition that holds where both do.</summary>
    public FilterExpression And(FilterExpression other) =>
        filter is null ? other : other.filter is null ? this : new FilterExpression(new AllOf(filter, other.filter));

    /// <summary>Whether the condition holds; its summary is all that is known of the trace.</summary>
    public bool Matches(TraceSummary trace) => filter is null || filter.Matches(new TraceSubject(trace));

    /// <summary>What an index can tell ahead: a trace that matches has at least one term of each clause.</summary>
    /// <returns>No clause when nothing can be told.</returns>
    public IReadOnlyList<IReadOnlyList<TraceTerm>> Plan() => filter is null ? [] : FilterPlan.Of(filter);

    /// <summary>The expression in one spelling, which means the same.</summary>
    public override string ToString() => filter?.ToString() ?? "";
}
