using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The service map: of a range of time, or of some traces.</summary>
static class GraphOperations
{
    public static async Task GetServiceGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Default.GetServiceGraphRequest);
        var (start, end) = (XRayWire.Required(request.StartTime, nameof(request.StartTime)), XRayWire.Required(request.EndTime, nameof(request.EndTime)));
        if (start > end) throw XRayWire.InvalidRequest("StartTime is after EndTime.");
        // The default group has all traces; it is the only one so far.
        if (request is { GroupARN: not null } or { GroupName: not (null or "Default") })
            throw XRayWire.InvalidRequest($"There is no group {request.GroupName ?? request.GroupARN}.");
        var graph = new ServiceGraphBuilder();
        await foreach (var trace in http.RequestServices.GetRequiredService<StoredTraces>().FindAllAsync(new TraceTimeRange(start, end)))
            graph.Add(trace);
        var answer = new GetServiceGraphAnswer(
            start.ToEpochSeconds(), end.ToEpochSeconds(), [.. graph.Build().Select(ServiceWire.Of)], ContainsOldGroupVersions: false);
        await XRayWire.WriteAsync(http, answer, XRayJson.Default.GetServiceGraphAnswer);
    }

    public static async Task GetTraceGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Default.GetTraceGraphRequest);
        var traces = await TraceIdList.FindAsync(request.TraceIds, http.RequestServices.GetRequiredService<StoredTraces>());
        var answer = new GetTraceGraphAnswer([.. ServiceGraphBuilder.Of(traces.Found).Select(ServiceWire.Of)]);
        await XRayWire.WriteAsync(http, answer, XRayJson.Default.GetTraceGraphAnswer);
    }
}
