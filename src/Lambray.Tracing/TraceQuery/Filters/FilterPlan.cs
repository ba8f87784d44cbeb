using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>What an index can tell of a condition ahead: clauses, of each of which a trace that matches has at least one term.</summary>
/// <remarks>Traces without a match may have the terms too. A condition of which nothing can be told has no clause.</remarks>
static class FilterPlan
{
    // Alternatives of alternatives multiply; a few clauses narrow as well as many.
    const int ClausesMax = 8;
    const int TermsMax = 64;

    static readonly IReadOnlyList<IReadOnlyList<TraceTerm>> Nothing = [];

    public static IReadOnlyList<IReadOnlyList<TraceTerm>> Of(Filter filter) => Of(filter, service: null);

    /// <param name="service">Between the braces of a service: its name, empty when any is meant. Null for the whole trace.</param>
    static IReadOnlyList<IReadOnlyList<TraceTerm>> Of(Filter filter, string? service) => filter switch
    {
        AllOf all => Both(Of(all.Left, service), Of(all.Right, service)),
        AnyOf any => Either(Of(any.Left, service), Of(any.Right, service)),
        Not { Inner: FlagTest flag } => OfFlag(flag.Keyword, !flag.Wanted, service),
        Not => Nothing,
        FlagTest flag => OfFlag(flag.Keyword, flag.Wanted, service),
        NumberTest number => service is null ? OfNumber(number) : Nothing,
        TextTest text => OfText(text, service),
        AnnotationTest annotation => OfAnnotation(annotation),
        ServiceTest one => OfService(one.Node, one.Inner),
        EdgeTest edge => OfEdge(edge),
        GroupTest { Inner: { } inner } => Of(inner, service),
        RootCauseTest cause => OfCause(cause),
        RootCauseJsonTest json => OfCauses(json),
        _ => Nothing,
    };

    static IReadOnlyList<IReadOnlyList<TraceTerm>> Both(IReadOnlyList<IReadOnlyList<TraceTerm>> left, IReadOnlyList<IReadOnlyList<TraceTerm>> right) =>
        left.Count == 0 ? right : right.Count == 0 ? left : [.. left.Concat(right).Take(ClausesMax)];

    // (a and b) or (c and d) is (a or c) and (a or d) and (b or c) and (b or d).
    static IReadOnlyList<IReadOnlyList<TraceTerm>> Either(
        IReadOnlyList<IReadOnlyList<TraceTerm>> left, IReadOnlyList<IReadOnlyList<TraceTerm>> right)
    {
        var either =
            from one in left
            from other in right
            let terms = one.Union(other).ToArray()
            where terms.Length <= TermsMax
            select (IReadOnlyList<TraceTerm>)terms;
        return [.. either.Take(ClausesMax)];
    }

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfFlag(FilterKeyword keyword, bool wanted, string? service) => (keyword, wanted, service) switch
    {
        (FilterKeyword.Fault, true, null) => [[TraceTerms.RootFault]],
        (FilterKeyword.Error, true, null) => [[TraceTerms.RootError]],
        (FilterKeyword.Throttle, true, null) => [[TraceTerms.Throttle]],
        (FilterKeyword.Ok, false, null) => [[TraceTerms.RootFault, TraceTerms.RootError, TraceTerms.Throttle]],
        (FilterKeyword.Fault, true, { } name) => [[TraceTerms.FaultOf(name)]],
        (FilterKeyword.Error, true, { } name) => [[TraceTerms.ErrorOf(name)]],
        (FilterKeyword.Throttle, true, { } name) => [[TraceTerms.ThrottleOf(name)]],
        (FilterKeyword.Ok, false, { } name) => [[TraceTerms.FaultOf(name), TraceTerms.ErrorOf(name), TraceTerms.ThrottleOf(name)]],
        (FilterKeyword.Partial, true, _) => [[TraceTerms.Partial]],
        _ => Nothing,
    };

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfNumber(NumberTest test)
    {
        var comparison = test.Comparison;
        return test.Keyword switch
        {
            FilterKeyword.ResponseTime => OfSlowness(TraceTerms.ByResponseTime, comparison),
            FilterKeyword.Duration => OfSlowness(TraceTerms.ByDuration, comparison),
            FilterKeyword.HttpStatus when comparison.Operator == FilterOperator.Equal =>
                TraceTerms.Status(comparison.Operand.Number!.Value) is { } term ? [[term]] : Nothing,
            // The usual status is no term: a condition that it meets too cannot be told.
            FilterKeyword.HttpStatus => comparison.Holds(200) ? Nothing : [[.. TraceTerms.StatusClasses(comparison.Holds)]],
            _ => Nothing,
        };
    }

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfSlowness(string kind, Comparison comparison)
    {
        if (comparison.Operator is not (FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.Equal)) return Nothing;
        IReadOnlyList<TraceTerm> terms = [.. TraceTerms.SlowerThan(kind, comparison.Operand.Number!.Value)];
        return terms.Count > 0 ? [terms] : Nothing;
    }

    // Between braces too: what a service tells of is told of its trace.
    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfText(TextTest test, string? service)
    {
        if (test.Comparison is not { Operator: FilterOperator.Equal, Operand.Text: { } text }) return Nothing;
        TraceTerm? term = test.Keyword switch
        {
            FilterKeyword.User => TraceTerms.User(text),
            FilterKeyword.Name => TraceTerms.Service(text),
            FilterKeyword.Type => text == ServiceId.ClientType ? null : TraceTerms.Type(text),
            FilterKeyword.AvailabilityZone => TraceTerms.AvailabilityZone(text),
            FilterKeyword.InstanceId => TraceTerms.InstanceId(text),
            FilterKeyword.ResourceArn => TraceTerms.ResourceArn(text),
            FilterKeyword.HttpUrl when service is null => TraceTerms.Url(text),
            FilterKeyword.HttpMethod when service is null => TraceTerms.Method(text),
            _ => null,
        };
        return term is { } found ? [[found]] : Nothing;
    }

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfAnnotation(AnnotationTest test) =>
        test.Comparison.Operator == FilterOperator.Equal
            ? [[TraceTerms.Annotation(test.Key, test.Comparison.Operand)]]
            : [[TraceTerms.Annotation(test.Key)]];

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfService(NodeSelector node, Filter? inner)
    {
        var inside = inner is null ? Nothing : Of(inner, node.Name ?? "");
        return Both(inside, OfNode(node));
    }

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfNode(NodeSelector node) =>
        node.Type is { } type and not ServiceId.ClientType
            ? node.Name is null ? [[TraceTerms.Type(type)]] : [[TraceTerms.Service(node.Name)], [TraceTerms.Type(type)]]
            : node.Name is { } name ? [[TraceTerms.Service(name)]] : Nothing;

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfEdge(EdgeTest edge)
    {
        var ends = Both(OfNode(edge.Source), OfNode(edge.Destination));
        // The call of the client in front of the root is no term.
        return edge is { Source.Name: { } source, Destination.Name: { } destination } && source != destination
            ? Both([[TraceTerms.Edge(source, destination)]], ends)
            : ends;
    }

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfCause(RootCauseTest cause)
    {
        var service = cause is { Scope: FilterScope.CauseService, Inner: { } inner } ? FindName(inner) ?? "" : "";
        return cause.Kind switch
        {
            RootCauseKind.Fault => [[TraceTerms.FaultCause(service)]],
            RootCauseKind.Error => [[TraceTerms.ErrorCause(service)]],
            _ => [[TraceTerms.TimeCause(service)]],
        };
    }

    static string? FindName(Filter filter) => filter switch
    {
        TextTest { Keyword: FilterKeyword.Name, Comparison: { Operator: FilterOperator.Equal, Operand.Text: { } name } } => name,
        AllOf all => FindName(all.Left) ?? FindName(all.Right),
        _ => null,
    };

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfCauses(RootCauseJsonTest test) =>
    [
        .. test.FirstServices.Take(ClausesMax).Select(name => (IReadOnlyList<TraceTerm>)
            [TraceTerms.FaultCause(name ?? ""), TraceTerms.ErrorCause(name ?? ""), TraceTerms.TimeCause(name ?? "")]),
    ];
}
