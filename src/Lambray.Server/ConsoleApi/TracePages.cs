using System.Globalization;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.ConsoleApi;

/// <summary>What the console's pages of traces show, computed here so that the browser only draws.</summary>
static class TracePages
{
    const int DefaultMinutes = 60;
    const int MinutesMax = 30 * 24 * 60;
    const int DefaultLimit = 100;
    const int LimitMax = 1000;

    public static async Task ListTraces(HttpContext http)
    {
        var minutes = Number(http, "minutes", DefaultMinutes, MinutesMax);
        var limit = Number(http, "limit", DefaultLimit, LimitMax);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var range = new TraceTimeRange(now - TimeSpan.FromMinutes(minutes), now.AddMinutes(1));
        var page = await http.RequestServices.GetRequiredService<SummarySearch>().FindAsync(
            range, FilterExpression.Parse(""), sampling: null, after: null, limit);
        await ConsoleAnswer.WriteAsync(http, new TraceListWire([.. page.Traces.Select(found => Item(found.Summary))]), ConsoleJson.Default.TraceListWire);
    }

    public static async Task GetTrace(HttpContext http)
    {
        var text = (string)http.Request.RouteValues["traceId"]!;
        if (!TraceId.TryParse(text, out var id)) throw new AwsException("InvalidRequestException", 400, $"'{text}' is not a trace id.");
        var trace = await Traces(http).FindAsync(id) ?? throw new AwsException("NotFound", 404, $"There is no trace {id}.");
        await ConsoleAnswer.WriteAsync(http, Timeline(trace), ConsoleJson.Default.TraceTimelineWire);
    }

    static TraceListItem Item(TraceSummary summary) => new(
        summary.Id.ToString(), summary.StartTime.EpochMicroseconds, Microseconds(summary.Duration),
        summary.IsPartial ? null : Microseconds(summary.ResponseTime), StatusOf(summary), summary.EntryPoint.Name, summary.EntryPoint.Type,
        summary.Http?.Method, summary.Http?.Url, summary.Http?.Status, summary.SegmentCount);

    static TraceTimelineWire Timeline(Trace trace)
    {
        var timeline = TraceTimeline.Of(trace);
        var status = TraceSummary.Of(trace) is { } summary ? StatusOf(summary) : TimelineStatus.InProgress;
        return new TraceTimelineWire(
            trace.Id.ToString(), timeline.Start.EpochMicroseconds, timeline.DurationMicroseconds, status, [.. timeline.Rows.Select(Row)]);
    }

    static TimelineRowWire Row(TimelineRow row) => new(
        row.Id.ToString(), row.ParentId?.ToString(), row.Depth, row.Kind, row.Name, row.Origin, row.Namespace, row.Inferred,
        row.StartOffsetMicroseconds, row.DurationMicroseconds, row.Status, row.HttpStatus, OwnFields(row.Entity));

    // Its subsegments are rows of their own.
    static JsonElement OwnFields(SegmentEntity entity)
    {
        using var document = JsonDocument.Parse(SegmentDocument.WriteAsSent(entity with { Subsegments = [] }));
        return document.RootElement.Clone();
    }

    static TimelineStatus StatusOf(TraceSummary summary) =>
        TraceTimeline.StatusOf(summary.HasFault, summary.HasThrottle, summary.HasError, summary.IsPartial);

    static int Number(HttpContext http, string name, int byDefault, int max)
    {
        if (!http.Request.Query.TryGetValue(name, out var text)) return byDefault;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new AwsException("InvalidRequestException", 400, $"'{name}' must be a number from 1 to {max}.");
    }

    static StoredTraces Traces(HttpContext http) => http.RequestServices.GetRequiredService<StoredTraces>();

    static long Microseconds(double seconds) => (long)Math.Round(seconds * 1e6);
}
