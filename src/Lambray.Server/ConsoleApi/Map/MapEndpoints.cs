using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Filters;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Map;

/// <summary>The service map: of a range of time, of a group, of what a filter lets through, or of one trace.</summary>
static class MapEndpoints
{
    static readonly double[] Shares = [50, 90, 95, 99, 99.9];

    public static void MapMap(this IEndpointRouteBuilder api)
    {
        api.MapGet("/map", GetMap);
        api.MapGet("/map/part", GetPart);
        api.MapGet("/map/traces/{traceId}", GetTraceMap);
    }

    static async Task<ServiceMapWire> GetMap(
        [AsParameters] AskedRange range, [FromServices] MapReading reading, [FromServices] FunctionRegistry functions, [FromServices] TimeProvider time,
        string group = "", string filter = "")
    {
        var asked = reading.Asked(range, group, filter);
        if (await reading.FilteredAsync(asked) is { } filtered)
            return MapDrawing.Of(filtered.Build(), asked.Range, time.GetUtcNow(), functions) with { Sampled = filtered.IsWhole ? null : filtered.Traces };
        return MapDrawing.Of(await reading.GraphAsync(asked), asked.Range, time.GetUtcNow(), functions);
    }

    static async Task<MapPart> GetPart(
        [AsParameters] AskedRange range, [FromServices] MapReading reading, [FromServices] FailureCauses causes, [FromServices] TimeProvider time,
        string selector, string group = "", string filter = "")
    {
        var asked = reading.Asked(range, group, filter);
        var selected = EntitySelector.Read(selector);
        var period = MapPeriods.LengthFor(asked.Range);
        var figures = await reading.FiguresAsync(asked, selected, period);
        var (found, looked) = await causes.FindAsync(asked, selector);
        return new MapPart(
            MapDrawing.Figures(CallStatistics.Of(figures.Whole), MapDrawing.Minutes(asked.Range, time.GetUtcNow())),
            [.. Shares.Select(share => (share, figures.Percentile(share / 100))).Where(one => one.Item2 is not null).Select(one => new MapPercentile(one.share, one.Item2!.Value))],
            [.. DurationBins.Of(figures.Whole.Durations).Select(bin => new MapBin(MapDrawing.Milliseconds(bin.From), MapDrawing.Milliseconds(bin.To), bin.Calls))],
            period, [.. figures.Periods.Select(one => MapDrawing.Period(one.Start, one.Tally))], found, looked);
    }

    static async Task<ServiceMapWire> GetTraceMap(
        string traceId, [FromServices] StoredTraces traces, [FromServices] ServiceMaps maps, [FromServices] FunctionRegistry functions, [FromServices] TimeProvider time)
    {
        var id = Asked.TraceId(traceId);
        var trace = await traces.FindAsync(id) ?? throw new AwsException("NotFound", StatusCodes.Status404NotFound, $"There is no trace {id}.");
        return MapDrawing.Of(await maps.OfAsync([trace]), RangeOf(trace), time.GetUtcNow(), functions);
    }

    static Tracing.TraceStore.TraceTimeRange RangeOf(Trace trace)
    {
        var timeline = TraceTimeline.Of(trace);
        var start = DateTimeOffset.UnixEpoch.AddMicroseconds(timeline.Start.EpochMicroseconds);
        return new(start, start.AddMicroseconds(timeline.DurationMicroseconds));
    }
}
