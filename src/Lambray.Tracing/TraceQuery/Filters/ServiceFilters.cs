namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>A name, or the <c>id()</c> function, in <c>service()</c> and <c>edge()</c>; what it does not name may be anything.</summary>
public sealed record NodeSelector(string? Name = null, string? Type = null, string? AccountId = null)
{
    public static readonly NodeSelector Any = new();

    public bool Selects(ServiceId service) =>
        (Name is null || service.Name == Name) && (Type is null || service.Type == Type) && (AccountId is null || service.AccountId == AccountId);

    /// <summary>As it stands between the parentheses.</summary>
    public override string ToString()
    {
        if (Type is null && AccountId is null) return Name is null ? "" : Comparison.Quote(Name);
        var parts = new List<string>(3);
        if (Name is not null) parts.Add($"name: {Comparison.Quote(Name)}");
        if (Type is not null) parts.Add($"type: {Comparison.Quote(Type)}");
        if (AccountId is not null) parts.Add($"account.id: {Comparison.Quote(AccountId)}");
        return $"id({string.Join(", ", parts)})";
    }
}

/// <summary><c>service("api") { fault }</c>: some segment of such a service meets the condition.</summary>
sealed record ServiceTest(NodeSelector Node, Filter? Inner) : Filter
{
    public override bool Matches(FilterSubject subject)
    {
        var trace = ((TraceSubject)subject).Trace;
        if (Inner is null)
        {
            foreach (var service in trace.ServiceIds)
                if (Node.Selects(service)) return true;
            return false;
        }
        return SegmentSubject.Any(trace, Node, Inner);
    }

    protected override string Print() => $"service({Node}){Braces(Inner)}";
}

/// <summary><c>edge("api", "stock") { error }</c>: some call from the one to the other meets the condition.</summary>
sealed record EdgeTest(NodeSelector Source, NodeSelector Destination, Filter? Inner) : Filter
{
    public override bool Matches(FilterSubject subject)
    {
        var trace = ((TraceSubject)subject).Trace;
        foreach (var call in trace.Calls)
        {
            if (!Source.Selects(call.Source) || !Destination.Selects(call.Destination)) continue;
            if (Inner is null || Inner.Matches(new CallSubject(trace, call))) return true;
        }
        return false;
    }

    protected override string Print()
    {
        // A place that is left empty needs something to stand in it, unless both are.
        var both = Source == NodeSelector.Any && Destination == NodeSelector.Any;
        return $"edge({(both ? "" : $"{Place(Source)}, {Place(Destination)}")}){Braces(Inner)}";
    }

    static string Place(NodeSelector node) => node == NodeSelector.Any ? "id()" : node.ToString();
}

enum EdgeEnd
{
    Source,
    Destination,
}

/// <summary><c>source.annotation[tier] = "gold"</c> between the braces of an edge: about the service at one end of it.</summary>
sealed record EdgeEndTest(EdgeEnd End, Filter Inner) : Filter
{
    public override bool Matches(FilterSubject subject)
    {
        var call = (CallSubject)subject;
        var service = End == EdgeEnd.Source ? call.Call.Source : call.Call.Destination;
        return SegmentSubject.Any(call.Trace, new NodeSelector(service.Name, service.Type, service.AccountId), Inner);
    }

    protected override string Print() => $"{(End == EdgeEnd.Source ? "source" : "destination")}.{Inner}";
}
