using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>Reading traces: BatchGetTraces and GetTraceSummaries.</summary>
static class TraceOperations
{
    const int TracesPerPage = 100;

    public static async Task BatchGetTraces(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.BatchGetTracesRequest);
        var traces = await TraceIdList.FindAsync(request.TraceIds, http.RequestServices.GetRequiredService<StoredTraces>());
        var page = TraceBatch.Of(traces.Found, request.NextToken);
        await XRayWire.WriteAsync(
            http, new BatchGetTracesAnswer(page.Traces, traces.Unprocessed, page.NextToken), XRayJson.Wire.BatchGetTracesAnswer);
    }

    public static async Task GetTraceSummaries(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetTraceSummariesRequest);
        var range = request.Range();
        var filter = FilterExpression.Parse(request.FilterExpression, http.RequestServices.GetRequiredService<IFilterGroups>());
        var after = request.NextToken is { } token ? PageToken.Parse(token) : null;
        var page = await http.RequestServices.GetRequiredService<SummarySearch>().FindAsync(range, filter, request.Strategy(), after, TracesPerPage);
        var matchedEvents = range.Type == TraceTimeRangeType.Event;
        var answer = new GetTraceSummariesAnswer(
            [.. page.Traces.Select(found => TraceSummaryWire.Of(found.Summary, matchedEvents ? found.Updated : null))],
            (page.Begins ?? range.End).ToEpochSeconds(),
            page.Processed,
            page.Next is { } next ? PageToken.Write(next) : null);
        await XRayWire.WriteAsync(http, answer, XRayJson.Wire.GetTraceSummariesAnswer);
    }
}
