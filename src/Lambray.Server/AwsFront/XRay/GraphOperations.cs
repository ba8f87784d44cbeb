using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The service map: of a range of time, or of some traces.</summary>
static class GraphOperations
{
    public static async Task GetServiceGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetServiceGraphRequest);
        var range = XRayWire.Range(request.StartTime, request.EndTime);
        // The default group has all traces; it is the only one so far.
        if (request is { GroupARN: not null } or { GroupName: not (null or "Default") })
            throw XRayWire.InvalidRequest($"There is no group {request.GroupName ?? request.GroupARN}.");
        var graph = await http.RequestServices.GetRequiredService<ServiceMaps>().ReadAsync(ServiceMaps.EveryTrace, range.Start, range.End);
        var answer = new GetServiceGraphAnswer(
            range.Start.ToEpochSeconds(), range.End.ToEpochSeconds(), [.. graph.Select(ServiceWire.Of)], ContainsOldGroupVersions: false);
        await XRayWire.WriteAsync(http, answer, XRayJson.Wire.GetServiceGraphAnswer);
    }

    public static async Task GetTraceGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetTraceGraphRequest);
        var traces = await TraceIdList.FindAsync(request.TraceIds, http.RequestServices.GetRequiredService<StoredTraces>());
        var answer = new GetTraceGraphAnswer([.. ServiceGraphBuilder.Of(traces.Found).Select(ServiceWire.Of)]);
        await XRayWire.WriteAsync(http, answer, XRayJson.Wire.GetTraceGraphAnswer);
    }
}
