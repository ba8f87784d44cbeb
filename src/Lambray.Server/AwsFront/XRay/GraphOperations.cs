using Lambray.Tracing.Groups;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The service map: of a range of time, or of some traces.</summary>
static class GraphOperations
{
    public static async Task GetServiceGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetServiceGraphRequest);
        // A map has at most 10,000 nodes: it is one page.
        OpaqueToken.RefuseAny(request.NextToken);
        var range = XRayWire.Range(request.StartTime, request.EndTime);
        var group = GroupOf(http, request.GroupName, request.GroupARN);
        var maps = http.RequestServices.GetRequiredService<ServiceMaps>();
        var graph = await maps.ReadAsync(group, range.Start, range.End);
        var answer = new GetServiceGraphAnswer(
            range.Start.ToEpochSeconds(), range.End.ToEpochSeconds(), [.. graph.Select(ServiceWire.Of)],
            await maps.HasOldVersionsAsync(group, range.Start, range.End));
        await XRayWire.WriteAsync(http, answer, XRayJson.Wire.GetServiceGraphAnswer);
    }

    public static async Task GetTraceGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetTraceGraphRequest);
        OpaqueToken.RefuseAny(request.NextToken);
        var traces = await TraceIdList.FindAsync(request.TraceIds, http.RequestServices.GetRequiredService<StoredTraces>());
        var graph = await http.RequestServices.GetRequiredService<ServiceMaps>().OfAsync(traces.Found);
        await XRayWire.WriteAsync(http, new GetTraceGraphAnswer([.. graph.Select(ServiceWire.Of)]), XRayJson.Wire.GetTraceGraphAnswer);
    }

    /// <summary>The group that a request names, by name or ARN; the Default group when it names none.</summary>
    public static TraceGroup GroupOf(HttpContext http, string? name, string? arn) =>
        http.RequestServices.GetRequiredService<TraceGroups>().Get(name is null && arn is null ? TraceGroup.DefaultName : name, arn);
}
