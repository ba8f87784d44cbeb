using Lambray.Server.AwsFront.XRay.AccountSettings;
using Lambray.Server.AwsFront.XRay.Groups;
using Lambray.Server.AwsFront.XRay.Insights;
using Lambray.Server.AwsFront.XRay.Retrieval;
using Lambray.Server.AwsFront.XRay.Sampling;
using Lambray.Server.AwsFront.XRay.Tags;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>The routes of the X-Ray API: every operation is a POST, reads too.</summary>
public static class XRayEndpoints
{
    // The daemon sends up to 50 documents of 64 kB in a call, and quoting them in JSON strings makes them longer.
    const long RequestBytesMax = 16 * 1024 * 1024;

    /// <summary>X-Ray behind the front.</summary>
    public static readonly ServiceFront Front = new(
        AwsService.XRay, MapXRay, XRayWire.WriteErrorAsync, RequestBytesMax, request => XRayOperations.FindName(request.Path.Value!));

    public static void MapXRay(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/TraceSegments", SegmentOperations.PutTraceSegments);
        routes.MapPost("/TelemetryRecords", SegmentOperations.PutTelemetryRecords);
        routes.MapPost("/Traces", TraceOperations.BatchGetTraces);
        routes.MapPost("/TraceSummaries", TraceOperations.GetTraceSummaries);
        routes.MapPost("/ServiceGraph", GraphOperations.GetServiceGraph);
        routes.MapPost("/TraceGraph", GraphOperations.GetTraceGraph);
        routes.MapPost("/TimeSeriesServiceStatistics", TimeSeriesOperations.GetTimeSeriesServiceStatistics);
        routes.MapSampling();
        routes.MapGroups();
        routes.MapTags();
        routes.MapAccountSettings();
        routes.MapRetrieval();
        routes.MapInsights();
    }
}
