using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceStore;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>Builds the service map: figures of its parts in, nodes and edges out.</summary>
public sealed class ServiceGraphBuilder
{
    readonly Dictionary<GraphPart, GraphTally> parts = [];

    public void Add(IEnumerable<GraphCount> counts)
    {
        foreach (var count in counts) TallyOf(count.Part).Add(count);
    }

    /// <param name="tally">Belongs to the map from now on.</param>
    public void Add(GraphPart part, GraphTally tally)
    {
        if (!parts.TryAdd(part, tally)) parts[part].Add(tally);
    }

    /// <summary>The graph so far, numbered from where requests enter onwards.</summary>
    public IReadOnlyList<ServiceNode> Build()
    {
        var edges = parts.Where(part => part.Key.From is not null).ToLookup(part => part.Key.From!);
        var order = Walk(edges);
        return [.. order.Keys.Select(id => Node(id, order, edges[id]))];
    }

    // Breadth first from the clients; what no client leads to comes last. By name, so that the same map is always numbered the same.
    Dictionary<ServiceId, int> Walk(ILookup<ServiceId, KeyValuePair<GraphPart, GraphTally>> edges)
    {
        var order = new Dictionary<ServiceId, int>();
        var next = new Queue<ServiceId>();
        // A message's source may have no node of its own here: its trace began before the range.
        foreach (var start in Sorted(parts.Keys.Select(part => part.From ?? part.To).Distinct()))
        {
            next.Enqueue(start);
            while (next.TryDequeue(out var id))
            {
                if (!order.TryAdd(id, order.Count)) continue;
                foreach (var callee in Sorted(edges[id].Select(edge => edge.Key.To))) next.Enqueue(callee);
            }
        }
        return order;
    }

    static IEnumerable<ServiceId> Sorted(IEnumerable<ServiceId> services) => services
        .OrderBy(service => service.Type != ServiceId.ClientType).ThenBy(service => service.Name, StringComparer.Ordinal)
        .ThenBy(service => service.Type, StringComparer.Ordinal).ThenBy(service => service.AccountId, StringComparer.Ordinal);

    ServiceNode Node(ServiceId id, Dictionary<ServiceId, int> order, IEnumerable<KeyValuePair<GraphPart, GraphTally>> edges)
    {
        var tally = parts.GetValueOrDefault(new GraphPart(null, id)) ?? Seen(edges);
        var isClient = id.Type == ServiceId.ClientType;
        return new ServiceNode(
            order[id], id, tally.RootCount > 0, tally.SentCount > 0, Time(tally.StartMicroseconds), Time(tally.EndMicroseconds),
            isClient ? null : CallStatistics.Of(tally), HistogramEntry.Of(tally),
            [.. edges.OrderBy(edge => order[edge.Key.To]).Select(edge => Edge(edge.Key, edge.Value, order))]);
    }

    static GraphTally Seen(IEnumerable<KeyValuePair<GraphPart, GraphTally>> edges)
    {
        var seen = new GraphTally();
        foreach (var (_, tally) in edges)
        {
            seen.StartMicroseconds = Math.Min(seen.StartMicroseconds, tally.StartMicroseconds);
            seen.EndMicroseconds = Math.Max(seen.EndMicroseconds, tally.EndMicroseconds);
        }
        return seen;
    }

    static ServiceEdge Edge(GraphPart part, GraphTally tally, Dictionary<ServiceId, int> order) => new(
        order[part.To], Time(tally.StartMicroseconds), Time(tally.EndMicroseconds), part.Link, CallStatistics.Of(tally), HistogramEntry.Of(tally));

    GraphTally TallyOf(GraphPart part)
    {
        if (!parts.TryGetValue(part, out var tally)) parts[part] = tally = new GraphTally();
        return tally;
    }

    static SegmentTime Time(long microseconds) => new(microseconds / 1e6);
}
