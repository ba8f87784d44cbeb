using System.Text.Json;
using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>What the console's pages of traces show, computed here so that the browser only draws.</summary>
static class TraceEndpoints
{
    const int LimitMax = 1000;

    public static void MapTraces(this IEndpointRouteBuilder api)
    {
        api.MapGet("/traces", ListTraces);
        api.MapGet("/traces/{traceId}", GetTrace);
    }

    static async Task<TraceList> ListTraces(
        [FromServices] SummarySearch search, [FromServices] TimeProvider time, int minutes = 60, int limit = 100)
    {
        Asked.Within(minutes, "minutes", 30 * 24 * 60);
        Asked.Within(limit, "limit", LimitMax);
        var now = time.GetUtcNow();
        var range = new TraceTimeRange(now - TimeSpan.FromMinutes(minutes), now.AddMinutes(1));
        var page = await search.FindAsync(range, FilterExpression.Parse(""), sampling: null, after: null, limit);
        return new TraceList([.. page.Traces.Select(found => Item(found.Summary))]);
    }

    static async Task<TraceTimelineWire> GetTrace(string traceId, [FromServices] StoredTraces traces)
    {
        var id = Asked.TraceId(traceId);
        return Timeline(await traces.FindAsync(id) ?? throw new AwsException("NotFound", StatusCodes.Status404NotFound, $"There is no trace {id}."));
    }

    public static TraceListItem Item(TraceSummary summary) => new(
        summary.Id, summary.StartTime, Microseconds.OfSeconds(summary.Duration),
        summary.IsPartial ? null : Microseconds.OfSeconds(summary.ResponseTime), StatusOf(summary), summary.EntryPoint.Name, summary.EntryPoint.Type,
        summary.Http?.Method, summary.Http?.Url, summary.Http?.Status, summary.SegmentCount);

    static TraceTimelineWire Timeline(Trace trace)
    {
        var timeline = TraceTimeline.Of(trace);
        var status = TraceSummary.Of(trace) is { } summary ? StatusOf(summary) : TimelineStatus.InProgress;
        return new TraceTimelineWire(trace.Id, timeline.Start, new(timeline.DurationMicroseconds), status, [.. timeline.Rows.Select(Row)]);
    }

    static TimelineRowWire Row(TimelineRow row) => new(
        row.Id.ToString(), row.ParentId?.ToString(), row.Depth, row.Kind, row.Name, row.Origin, row.Namespace, row.Inferred,
        new(row.StartOffsetMicroseconds), row.DurationMicroseconds is { } duration ? new(duration) : null, row.Status, row.HttpStatus, OwnFields(row.Entity));

    // Its subsegments are rows of their own.
    static JsonElement OwnFields(SegmentEntity entity)
    {
        using var document = JsonDocument.Parse(SegmentDocument.WriteAsSent(entity with { Subsegments = [] }));
        return document.RootElement.Clone();
    }

    static TimelineStatus StatusOf(TraceSummary summary) =>
        TraceTimeline.StatusOf(summary.HasFault, summary.HasThrottle, summary.HasError, summary.IsPartial);
}
