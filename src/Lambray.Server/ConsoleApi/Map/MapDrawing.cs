using Lambray.Functions.Registry;
using Lambray.Tracing;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery.Filters;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.ConsoleApi.Map;

/// <summary>Makes of a service graph what the browser draws.</summary>
static class MapDrawing
{
    // More than anybody can look at, and what a browser still draws smoothly.
    const int NodesMax = 300;

    public static ServiceMapWire Of(IReadOnlyList<ServiceNode> graph, TraceTimeRange range, DateTimeOffset now, FunctionRegistry functions)
    {
        var minutes = Minutes(range, now);
        var shown = graph.Count <= NodesMax ? graph : [.. graph.OrderByDescending(Requests).Take(NodesMax).OrderBy(node => node.ReferenceId)];
        var ids = shown.ToDictionary(node => node.ReferenceId, node => node.Id);
        return new ServiceMapWire(
            range.Start, range.End, Sampled: null, graph.Count - shown.Count,
            [.. shown.Select(node => Node(node, minutes, functions))],
            [.. shown.SelectMany(node => node.Edges.Where(edge => ids.ContainsKey(edge.TargetReferenceId)).Select(edge => Edge(node.Id, ids[edge.TargetReferenceId], edge, minutes)))]);
    }

    public static MapFigures Figures(CallStatistics? statistics, double minutes) => statistics is { TotalCount: > 0 } told
        ? new MapFigures(
            told.OkCount, told.OtherErrorCount, told.ThrottleCount, told.FaultCount, Microseconds.OfSeconds(told.TotalResponseTime / told.TotalCount),
            Math.Round(told.TotalCount / minutes, 3))
        : new MapFigures(0, 0, 0, 0, null, 0);

    public static MapPeriod Period(DateTimeOffset start, GraphTally tally) => new(
        start, tally.OkCount, tally.ErrorCount, tally.ThrottleCount, tally.FaultCount,
        tally.TotalCount == 0 ? null : new Microseconds(tally.DurationMicroseconds / tally.TotalCount));

    /// <summary>So long has the range gone on: what lies ahead of now has no requests yet.</summary>
    public static double Minutes(TraceTimeRange range, DateTimeOffset now)
    {
        var end = range.End < now ? range.End : now;
        return Math.Max((end - range.Start).TotalMinutes, 1.0 / 60);
    }

    public static Microseconds Milliseconds(int milliseconds) => new(milliseconds * 1000L);

    static MapNode Node(ServiceNode node, double minutes, FunctionRegistry functions)
    {
        var (name, type, account) = node.Id;
        var isClient = type == ServiceId.ClientType;
        var isFunction = type?.StartsWith("AWS::Lambda", StringComparison.Ordinal) == true && functions.Find(name) is not null;
        return new MapNode(
            Key(node.Id), name, type, account, isClient, Inferred: !node.Active && !isClient, Figures(node.Statistics, minutes),
            // A client's own work is its calls.
            isClient ? $"edge({Selector(node.Id)}, id())" : $"service({Selector(node.Id)})", isFunction ? name : null);
    }

    static MapEdge Edge(ServiceId source, ServiceId target, ServiceEdge edge, double minutes) => new(
        $"{Key(source)} {(edge.Link ? "~>" : "->")} {Key(target)}", Key(source), Key(target), edge.Link, Figures(edge.Statistics, minutes),
        $"edge({Selector(source)}, {Selector(target)})");

    static long Requests(ServiceNode node) => node.Statistics?.TotalCount ?? node.Edges.Sum(edge => edge.Statistics.TotalCount);

    static string Key(ServiceId id) => $"{id.Type ?? "?"}/{id.Name}{(id.AccountId is { } account ? $"/{account}" : "")}";

    static NodeSelector Selector(ServiceId id) => new(id.Name, id.Type, id.AccountId);
}
