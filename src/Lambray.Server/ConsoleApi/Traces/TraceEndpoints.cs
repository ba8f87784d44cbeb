using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>What the console's page of one trace shows, computed here so that the browser only draws.</summary>
static class TraceEndpoints
{
    const int SearchLengthMax = 500;

    public static void MapTraces(this IEndpointRouteBuilder api)
    {
        api.MapTraceList();
        api.MapGet("/traces/{traceId}", Get);
        api.MapGet("/traces/{traceId}/rows/{rowId}", GetRow);
        api.MapGet("/traces/{traceId}/matches", Search);
        api.MapGet("/traces/{traceId}/linking", ListLinking);
        api.MapGet("/traces/{traceId}/comparison/{otherId}", Compare);
        api.MapTraceDocuments();
        api.MapTraceRequests();
    }

    /// <exception cref="AwsException">The text is no trace id, or nothing is stored of the trace.</exception>
    public static async Task<Trace> FindAsync(StoredTraces traces, string text)
    {
        var id = Asked.TraceId(text);
        return await traces.FindAsync(id) ?? throw Missing($"There is no trace {id}.");
    }

    /// <exception cref="AwsException">The trace has no such row.</exception>
    public static SegmentEntity EntityOf(Trace trace, string rowId) =>
        (SegmentId.TryParse(rowId, out var id) ? trace.FindPlace(id)?.Entity ?? FindOrphan(trace, id) : null)
        ?? throw Missing($"Trace {trace.Id} has no segment or subsegment '{rowId}'.");

    static Subsegment? FindOrphan(Trace trace, SegmentId id) =>
        trace.Orphans.SelectMany(orphan => orphan.Descendants().Prepend(orphan)).FirstOrDefault(subsegment => subsegment.Id == id);

    static async Task<TraceTimelineWire> Get(string traceId, [FromServices] StoredTraces traces, [FromServices] TimeProvider time) =>
        TraceTimelineWire.Of(await FindAsync(traces, traceId), time.GetUtcNow());

    static async Task<TraceRowDetails> GetRow(string traceId, string rowId, [FromServices] StoredTraces traces)
    {
        var trace = await FindAsync(traces, traceId);
        var entity = EntityOf(trace, rowId);
        return new TraceRowDetails(entity.Id.ToString(), TraceText.OwnFields(entity), entity.Descendants().Count(), CauseRow(trace, entity)?.ToString());
    }

    static async Task<TraceMatches> Search(string traceId, string text, [FromServices] StoredTraces traces)
    {
        if (text.Length is 0 or > SearchLengthMax) throw Asked.Wrong($"'text' must have 1 to {SearchLengthMax} characters.");
        var timeline = TraceTimeline.Of(await FindAsync(traces, traceId));
        return new TraceMatches([.. TraceText.Find(timeline, text).Select(id => id.ToString())]);
    }

    static async Task<LinkingTraceList> ListLinking(string traceId, [FromServices] StoredTraces traces, [FromServices] LinkingTraces linking) =>
        new([.. (await linking.FindAsync(await FindAsync(traces, traceId))).Select(LinkingTrace.Of)]);

    static async Task<TraceComparisonWire> Compare(string traceId, string otherId, [FromServices] StoredTraces traces)
    {
        var (before, after) = (await FindAsync(traces, traceId), await FindAsync(traces, otherId));
        var (timeline, other) = (TraceTimeline.Of(before), TraceTimeline.Of(after));
        return new TraceComparisonWire(
            ComparedTrace.Of(before, timeline), ComparedTrace.Of(after, other), [.. TraceComparison.Of(timeline, other).Select(ComparedWorkWire.Of)]);
    }

    // The SDKs write an exception once, and beneath each entity that it passed through only its id.
    static SegmentId? CauseRow(Trace trace, SegmentEntity entity)
    {
        if (entity.Cause?.ExceptionId is not { } exception) return null;
        var id = exception.ToString();
        return trace.Segments.SelectMany(segment => segment.Descendants().Prepend<SegmentEntity>(segment))
            .FirstOrDefault(other => other.Cause?.Exceptions?.Any(described => described.Id == id) == true)?.Id;
    }

    static AwsException Missing(string message) => new("NotFound", StatusCodes.Status404NotFound, message);
}
