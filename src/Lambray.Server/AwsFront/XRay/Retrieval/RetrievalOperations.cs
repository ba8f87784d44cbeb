using Lambray.Tracing;
using Lambray.Tracing.Retrieval;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay.Retrieval;

/// <summary>Traces by their ids, up to a hundred, found in the background and read page by page.</summary>
static class RetrievalOperations
{
    const int LinksMax = 100;
    const int TokenLengthMax = 1020;

    public static void MapRetrieval(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/StartTraceRetrieval", StartTraceRetrieval);
        routes.MapPost("/CancelTraceRetrieval", CancelTraceRetrieval);
        routes.MapPost("/ListRetrievedTraces", ListRetrievedTraces);
        routes.MapPost("/GetRetrievedTracesGraph", GetRetrievedTracesGraph);
    }

    static async Task StartTraceRetrieval(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, RetrievalJson.Wire.StartTraceRetrievalRequest);
        var ids = XRayWire.Required(request.TraceIds, nameof(request.TraceIds));
        var range = XRayWire.Range(request.StartTime, request.EndTime);
        var token = Retrievals(http).Start(ids, range.Start, range.End);
        await XRayWire.WriteAsync(http, new StartTraceRetrievalAnswer(token), RetrievalJson.Wire.StartTraceRetrievalAnswer);
    }

    static async Task CancelTraceRetrieval(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, RetrievalJson.Wire.CancelTraceRetrievalRequest);
        Retrievals(http).Cancel(Token(request.RetrievalToken));
        await XRayWire.WriteAsync(http, new EmptyAnswer(), RetrievalJson.Wire.EmptyAnswer);
    }

    static async Task ListRetrievedTraces(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, RetrievalJson.Wire.ListRetrievedTracesRequest);
        var format = request.TraceFormat ?? RetrievedSpans.XRay;
        if (format is not (RetrievedSpans.XRay or RetrievedSpans.OpenTelemetry))
            throw XRayErrors.InvalidRequest($"TraceFormat is {format}; it takes {RetrievedSpans.XRay} or {RetrievedSpans.OpenTelemetry}.");
        var state = Retrievals(http).Get(Token(request.RetrievalToken));
        var page = await RetrievedPage.ReadAsync(state.Found, Traces(http), format, request.NextToken);
        await XRayWire.WriteAsync(
            http, new ListRetrievedTracesAnswer(RetrievalStatusWire.Of(state.Status), format, page.Traces, page.NextToken),
            RetrievalJson.Wire.ListRetrievedTracesAnswer);
    }

    static async Task GetRetrievedTracesGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, RetrievalJson.Wire.GetRetrievedTracesGraphRequest);
        OpaqueToken.RefuseAny(request.NextToken);
        var state = Retrievals(http).Get(Token(request.RetrievalToken));
        var found = new List<Trace>();
        foreach (var id in state.Found)
            if (await Traces(http).FindAsync(id) is { } trace) found.Add(trace);
        var graph = await http.RequestServices.GetRequiredService<ServiceMaps>().OfAsync(found);
        var services = graph.Select(node => new RetrievedServiceWire(ServiceWire.Of(node), Links(node.Id, found)));
        await XRayWire.WriteAsync(
            http, new GetRetrievedTracesGraphAnswer(RetrievalStatusWire.Of(state.Status), [.. services], NextToken: null),
            RetrievalJson.Wire.GetRetrievedTracesGraphAnswer);
    }

    static GraphLinkWire[] Links(ServiceId service, IReadOnlyList<Trace> traces) =>
        [.. (from trace in traces
             from segment in trace.Segments
             where segment.Links.Count > 0 && ServiceId.Of(segment) == service
             from link in segment.Links
             group link.TraceId.ToString() by (link.ReferenceType, Source: trace.Id) into links
             select new GraphLinkWire(links.Key.ReferenceType, links.Key.Source.ToString(), [.. links.Distinct()])).Take(LinksMax)];

    static string Token(string? token) => XRayLimits.Text(token, "RetrievalToken", 0, TokenLengthMax);

    static TraceRetrievals Retrievals(HttpContext http) => http.RequestServices.GetRequiredService<TraceRetrievals>();

    static StoredTraces Traces(HttpContext http) => http.RequestServices.GetRequiredService<StoredTraces>();
}
