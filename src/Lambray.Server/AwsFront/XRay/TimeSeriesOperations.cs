using System.Globalization;
using Lambray.Tracing.ServiceGraph;
using Lambray.Tracing.TraceQuery.Filters;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>GetTimeSeriesServiceStatistics: figures of nodes or edges, period by period.</summary>
static class TimeSeriesOperations
{
    const int DefaultPeriodSeconds = 60;
    const int PeriodSecondsMax = 86400;
    const int PointsPerPage = 1000;

    public static async Task GetTimeSeriesServiceStatistics(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, XRayJson.Wire.GetTimeSeriesServiceStatisticsRequest);
        var range = XRayWire.Range(request.StartTime, request.EndTime);
        var group = GraphOperations.GroupOf(http, request.GroupName, request.GroupARN);
        var selector = request.EntitySelectorExpression is { } text ? EntitySelector.Parse(text) : EntitySelector.EveryEdge;
        var period = TimeSpan.FromSeconds(PeriodSeconds(request.Period));
        var maps = http.RequestServices.GetRequiredService<ServiceMaps>();
        var points = new List<TimeSeriesWire>();
        string? next = null;
        await foreach (var (start, tally) in maps.ReadSeriesAsync(group, selector, FirstOf(request.NextToken, range.Start, range.End), range.End, period))
        {
            if (points.Count == PointsPerPage)
            {
                next = start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
                break;
            }
            points.Add(Point(start, tally, selector.IsOfServices));
        }
        var answer = new GetTimeSeriesServiceStatisticsAnswer(points, await maps.HasOldVersionsAsync(group, range.Start, range.End), next);
        await XRayWire.WriteAsync(http, answer, XRayJson.Wire.GetTimeSeriesServiceStatisticsAnswer);
    }

    static int PeriodSeconds(int? period) => period switch
    {
        null => DefaultPeriodSeconds,
        >= 1 and <= PeriodSecondsMax => period.Value,
        _ => throw XRayWire.InvalidRequest($"Period takes 1 to {PeriodSecondsMax} seconds, not {period}."),
    };

    // The token is the time at which the page begins.
    static DateTimeOffset FirstOf(string? token, DateTimeOffset start, DateTimeOffset end)
    {
        if (token is null) return start;
        if (!long.TryParse(token, CultureInfo.InvariantCulture, out var seconds) || seconds < 0 || seconds > end.ToUnixTimeSeconds())
            throw XRayWire.InvalidRequest("NextToken is not one that this server gave.");
        var next = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return next > start ? next : start;
    }

    static TimeSeriesWire Point(DateTimeOffset start, GraphTally tally, bool ofServices)
    {
        var statistics = StatisticsWire.Of(CallStatistics.Of(tally));
        return new TimeSeriesWire(start.ToEpochSeconds(), ofServices ? null : statistics, ofServices ? statistics : null, HistogramEntry.Of(tally));
    }
}

sealed record GetTimeSeriesServiceStatisticsRequest(
    WireTimestamp? StartTime, WireTimestamp? EndTime, string? GroupName, string? GroupARN, string? EntitySelectorExpression, int? Period,
    string? NextToken);

sealed record GetTimeSeriesServiceStatisticsAnswer(
    IReadOnlyList<TimeSeriesWire> TimeSeriesServiceStatistics, bool ContainsOldGroupVersions, string? NextToken);

sealed record TimeSeriesWire(
    double Timestamp, StatisticsWire? EdgeSummaryStatistics, StatisticsWire? ServiceSummaryStatistics, IReadOnlyList<HistogramEntry> ResponseTimeHistogram);
