using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Tracing.ServiceGraph;

/// <summary>Builds the service map: traces in, nodes and edges out.</summary>
/// <remarks>
/// A node counts its own segments, sent or inferred. An edge counts the caller's subsegments; where no subsegment tells of a call, as between
/// the two segments that Lambda writes, it counts the segment called. Local subsegments between caller and call are looked through.
/// </remarks>
public sealed class ServiceGraphBuilder
{
    readonly Dictionary<ServiceId, Node> nodes = [];

    public static IReadOnlyList<ServiceNode> Of(IEnumerable<Trace> traces)
    {
        var builder = new ServiceGraphBuilder();
        foreach (var trace in traces) builder.Add(trace);
        return builder.Build();
    }

    public void Add(Trace trace)
    {
        var counted = new HashSet<(SegmentId Call, Node Callee)>();
        foreach (var segment in trace.AllSegments)
        {
            if (trace.FindPlace(segment.ParentId) is { } caller) AddCalled(segment, caller, counted);
            else AddRoot(segment);
        }
    }

    /// <summary>The graph so far, in the order in which its services were first seen.</summary>
    public IReadOnlyList<ServiceNode> Build() => [.. nodes.Values.Select(node => node.Build())];

    void AddRoot(Segment root)
    {
        var client = NodeOf(ServiceId.ClientOf(root));
        var node = NodeOf(ServiceId.Of(root));
        node.Root = true;
        node.Count(root);
        client.Tally.Touch(root);
        client.EdgeTo(node).Count(root);
    }

    void AddCalled(Segment segment, EntityPlace caller, HashSet<(SegmentId Call, Node Callee)> counted)
    {
        var from = NodeOf(ServiceId.Of(caller.Segment));
        var node = NodeOf(ServiceId.Of(segment));
        node.Count(segment);
        var isCall = caller.Entity is Subsegment { Namespace: not null };
        var call = isCall ? caller.Entity : segment;
        // One call that was answered twice by the same service is still one call.
        if (counted.Add((call.Id, node))) from.EdgeTo(node).Count(call);
    }

    Node NodeOf(ServiceId id)
    {
        if (!nodes.TryGetValue(id, out var node)) nodes[id] = node = new Node(nodes.Count, id);
        return node;
    }

    sealed class Node(int referenceId, ServiceId id)
    {
        readonly Dictionary<Node, Tally> edges = [];
        bool active;

        public Tally Tally { get; } = new();

        public bool Root { get; set; }

        public void Count(Segment segment)
        {
            active |= !segment.Inferred;
            Tally.Count(segment);
        }

        public Tally EdgeTo(Node callee)
        {
            if (!edges.TryGetValue(callee, out var edge)) edges[callee] = edge = new Tally();
            return edge;
        }

        public ServiceNode Build() => new(
            referenceId, id, Root, active, Tally.Start, Tally.End, id.Type == ServiceId.ClientType ? null : Tally.Statistics, Tally.Histogram,
            [.. edges.Select(edge => edge.Key.EdgeFrom(edge.Value))]);

        ServiceEdge EdgeFrom(Tally calls) => new(referenceId, calls.Start, calls.End, calls.Statistics, calls.Histogram);
    }
}
