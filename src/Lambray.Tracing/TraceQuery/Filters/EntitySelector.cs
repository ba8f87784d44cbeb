using Lambray.Aws;

namespace Lambray.Tracing.TraceQuery.Filters;

/// <summary>The nodes or edges of the service map that a time series is of (<c>EntitySelectorExpression</c> of GetTimeSeriesServiceStatistics).</summary>
/// <param name="Source">Null when it is of nodes.</param>
public sealed record EntitySelector(NodeSelector? Source, NodeSelector Destination)
{
    const int CharactersMax = 500;

    /// <summary>What is counted when nothing is selected.</summary>
    public static readonly EntitySelector EveryEdge = new(NodeSelector.Any, NodeSelector.Any);

    /// <summary>Whether nodes are selected; else edges are.</summary>
    public bool IsOfServices => Source is null;

    /// <summary>Reads <c>service(…)</c>, <c>edge(…, …)</c> or <c>id(…)</c>, which stands for a service.</summary>
    /// <exception cref="AwsException">InvalidRequestException: it is none of these.</exception>
    public static EntitySelector Parse(string text)
    {
        if (text.Length is 0 or > CharactersMax)
            throw XRayErrors.InvalidRequest($"EntitySelectorExpression takes 1 to {CharactersMax} characters, not {text.Length}.");
        return Read(text);
    }

    /// <summary>As <see cref="Parse"/>, of any length: two long names make an expression that AWS would refuse.</summary>
    public static EntitySelector Read(string text) =>
        FilterParser.ParseNode(text) is { } node ? new EntitySelector(null, node) : FilterParser.Parse(text, groups: null) switch
        {
            ServiceTest { Inner: null, Node: var service } => new EntitySelector(null, service),
            EdgeTest { Inner: null, Source: var source, Destination: var destination } => new EntitySelector(source, destination),
            _ => throw XRayErrors.InvalidRequest($"EntitySelectorExpression takes service(), edge() or id() and nothing else, not '{text}'."),
        };

    public bool Selects(ServiceId? from, ServiceId to) =>
        Source is null ? from is null && Destination.Selects(to) : from is not null && Source.Selects(from) && Destination.Selects(to);
}
