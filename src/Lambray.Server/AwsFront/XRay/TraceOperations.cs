using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>Reading traces: BatchGetTraces and GetTraceSummaries.</summary>
static class TraceOperations
{
    const int TracesPerPage = 100;

    public static async Task BatchGetTraces(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.BatchGetTracesRequest);
        var traces = await TraceIdList.FindAsync(request.TraceIds, http.RequestServices.GetRequiredService<StoredTraces>());
        await XRayWire.WriteAsync(
            http, new BatchGetTracesAnswer([.. traces.Found.Select(TraceWire.Of)], traces.Unprocessed), XRayJson.Wire.BatchGetTracesAnswer);
    }

    public static async Task GetTraceSummaries(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetTraceSummariesRequest);
        var range = request.Range();
        var filter = FilterExpression.Parse(request.FilterExpression);
        var after = request.NextToken is { } token ? PageToken.Parse(token) : null;
        var page = await http.RequestServices.GetRequiredService<StoredTraces>().FindPageAsync(range, after, TracesPerPage);
        var matching = page.Select(found => TraceSummary.Of(found.Trace)).OfType<TraceSummary>().Where(filter.Matches);
        var answer = new GetTraceSummariesAnswer(
            [.. matching.Select(TraceSummaryWire.Of)],
            page.Count > 0 ? page[0].Trace.Start.EpochSeconds : range.End.ToEpochSeconds(),
            page.Count,
            page.Count == TracesPerPage ? PageToken.Write(page[^1].Mark) : null);
        await XRayWire.WriteAsync(http, answer, XRayJson.Wire.GetTraceSummariesAnswer);
    }
}
