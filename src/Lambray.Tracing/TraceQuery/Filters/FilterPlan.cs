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

    public static IReadOnlyList<IReadOnlyList<TraceTerm>> Of(Filter filter) => Of(filter, failed: null);

    /// <param name="failed">Between the braces of a service or an edge: the term of its faults, errors or throttles. Null for the whole trace.</param>
    static IReadOnlyList<IReadOnlyList<TraceTerm>> Of(Filter filter, Func<SegmentOutcome, TraceTerm>? failed) => filter switch
    {
        AllOf all => Both(Of(all.Left, failed), Of(all.Right, failed)),
        AnyOf any => Either(Of(any.Left, failed), Of(any.Right, failed)),
        Not { Inner: FlagTest flag } => OfFlag(flag.Keyword, !flag.Wanted, failed),
        Not => Nothing,
        FlagTest flag => OfFlag(flag.Keyword, flag.Wanted, failed),
        NumberTest number => failed is null ? OfNumber(number) : Nothing,
        TextTest text => OfText(text, wholeTrace: failed is null),
        AnnotationTest annotation => OfAnnotation(annotation),
        ServiceTest one => OfService(one.Node, one.Inner),
        EdgeTest edge => OfEdge(edge),
        GroupTest { Inner: { } inner } => Of(inner, failed),
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

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfFlag(FilterKeyword keyword, bool wanted, Func<SegmentOutcome, TraceTerm>? failed) =>
        (keyword, wanted, failed) switch
        {
            (FilterKeyword.Fault, true, null) => [[TraceTerms.RootFault]],
            (FilterKeyword.Error, true, null) => [[TraceTerms.RootError]],
            (FilterKeyword.Throttle, true, null) => [[TraceTerms.Throttle]],
            (FilterKeyword.Ok, false, null) => [[TraceTerms.RootFault, TraceTerms.RootError, TraceTerms.Throttle]],
            (FilterKeyword.Fault, true, { } term) => [[term(SegmentOutcome.Fault)]],
            (FilterKeyword.Error, true, { } term) => [[term(SegmentOutcome.Error)]],
            (FilterKeyword.Throttle, true, { } term) => [[term(SegmentOutcome.Throttle)]],
            (FilterKeyword.Ok, false, { } term) => [[term(SegmentOutcome.Fault), term(SegmentOutcome.Error), term(SegmentOutcome.Throttle)]],
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
    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfText(TextTest test, bool wholeTrace)
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
            FilterKeyword.HttpUrl when wholeTrace => TraceTerms.Url(text),
            FilterKeyword.HttpMethod when wholeTrace => TraceTerms.Method(text),
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
        var inside = inner is null ? Nothing : Of(inner, flag => TraceTerms.Outcome(flag, node.Name));
        return Both(inside, OfNode(node));
    }

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfNode(NodeSelector node) =>
        node.Type is { } type and not ServiceId.ClientType
            ? node.Name is null ? [[TraceTerms.Type(type)]] : [[TraceTerms.Service(node.Name)], [TraceTerms.Type(type)]]
            : node.Name is { } name ? [[TraceTerms.Service(name)]] : Nothing;

    static IReadOnlyList<IReadOnlyList<TraceTerm>> OfEdge(EdgeTest edge)
    {
        var (source, destination) = (edge.Source.Name, edge.Destination.Name);
        var inside = edge.Inner is null ? Nothing : Of(edge.Inner, flag => TraceTerms.CallOutcome(flag, source, destination));
        var ends = Both(OfNode(edge.Source), OfNode(edge.Destination));
        // The call of the client in front of the root, which has the root's name, is no term.
        if (source is not null && destination is not null && source != destination) ends = Both([[TraceTerms.Edge(source, destination)]], ends);
        return Both(inside, ends);
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
