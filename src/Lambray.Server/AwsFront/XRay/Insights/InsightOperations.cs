using System.Globalization;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.Groups;
using Lambray.Tracing.Insights;

namespace Lambray.Server.AwsFront.XRay.Insights;

/// <summary>Fault anomalies that were found: which there are, what became of each, and where on the map they are.</summary>
static partial class InsightOperations
{
    const int SummariesMax = 100;
    const int EventsMax = 50;
    const string SummaryList = "insights";
    const string EventList = "insight-events";

    // "GetInsightSummaries" and "GetInsightImpactGraph" in the X-Ray API reference.
    static readonly TimeSpan SummaryRangeMax = TimeSpan.FromDays(30);
    static readonly TimeSpan GraphRangeMax = TimeSpan.FromHours(6);

    public static void MapInsights(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/Insight", GetInsight);
        routes.MapPost("/InsightSummaries", GetInsightSummaries);
        routes.MapPost("/InsightEvents", GetInsightEvents);
        routes.MapPost("/InsightImpactGraph", GetInsightImpactGraph);
    }

    static async Task GetInsight(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, InsightWireJson.Wire.GetInsightRequest);
        await XRayWire.WriteAsync(
            http, new GetInsightAnswer(InsightWire.Of(Get(http, request.InsightId))), InsightWireJson.Wire.GetInsightAnswer);
    }

    static async Task GetInsightSummaries(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, InsightWireJson.Wire.GetInsightSummariesRequest);
        var group = http.RequestServices.GetRequiredService<TraceGroups>().Get(request.GroupName, request.GroupARN);
        var range = XRayWire.Range(request.StartTime, request.EndTime);
        if (range.End - range.Start > SummaryRangeMax) throw XRayErrors.InvalidRequest("StartTime and EndTime are more than 30 days apart.");
        var countMax = XRayLimits.Number(request.MaxResults ?? SummariesMax, nameof(request.MaxResults), 1, SummariesMax);
        var page = Store(http).FindPage(
            group.Arn, range.Start, range.End, ReadStates(request.States), ReadSummaryToken(request.NextToken), countMax);
        var next = page.Count == countMax
            ? OpaqueToken.Write(SummaryList, string.Create(CultureInfo.InvariantCulture, $"{page[^1].Started.ToUnixTimeSeconds()}/{page[^1].Id}"))
            : null;
        await XRayWire.WriteAsync(
            http, new GetInsightSummariesAnswer([.. page.Select(InsightWire.SummaryOf)], next), InsightWireJson.Wire.GetInsightSummariesAnswer);
    }

    static async Task GetInsightEvents(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, InsightWireJson.Wire.GetInsightEventsRequest);
        var insight = Get(http, request.InsightId);
        var countMax = XRayLimits.Number(request.MaxResults ?? EventsMax, nameof(request.MaxResults), 1, EventsMax);
        var page = Store(http).FindEvents(insight.Id, ReadEventToken(request.NextToken), countMax);
        var next = page.Count == countMax
            ? OpaqueToken.Write(EventList, page[^1].Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
            : null;
        await XRayWire.WriteAsync(
            http, new GetInsightEventsAnswer([.. page.Select(InsightEventWire.Of)], next), InsightWireJson.Wire.GetInsightEventsAnswer);
    }

    static async Task GetInsightImpactGraph(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, InsightWireJson.Wire.GetInsightImpactGraphRequest);
        OpaqueToken.RefuseAny(request.NextToken);
        var insight = Get(http, request.InsightId);
        var range = XRayWire.Range(request.StartTime, request.EndTime);
        if (range.End - range.Start > GraphRangeMax) throw XRayErrors.InvalidRequest("StartTime and EndTime are more than 6 hours apart.");
        // Of the range, the part in which the insight went on.
        var start = insight.Started > range.Start ? insight.Started : range.Start;
        var end = insight.Ended is { } ended && ended < range.End ? ended : range.End;
        var services = http.RequestServices.GetRequiredService<TraceGroups>().FindByArn(insight.GroupArn) is { } group && start < end
            ? await http.RequestServices.GetRequiredService<ReadServiceMap>()(group, start, end)
            : [];
        var answer = new GetInsightImpactGraphAnswer(
            insight.Id.ToString(), range.Start.ToEpochSeconds(), range.End.ToEpochSeconds(), start.ToEpochSeconds(), end.ToEpochSeconds(),
            [.. services.Select(node => new ImpactedServiceWire(
                node.ReferenceId, node.Id.Type, node.Id.Name, [node.Id.Name], node.Id.AccountId,
                [.. node.Edges.Select(edge => new ImpactedEdgeWire(edge.TargetReferenceId))]))]);
        await XRayWire.WriteAsync(http, answer, InsightWireJson.Wire.GetInsightImpactGraphAnswer);
    }

    static InsightStore Store(HttpContext http) => http.RequestServices.GetRequiredService<InsightStore>();

    /// <exception cref="AwsException">InvalidRequestException: there is no such insight.</exception>
    static Insight Get(HttpContext http, string? id) =>
        InsightId.IsMatch(XRayWire.Required(id, nameof(InsightId)))
            ? Store(http).Find(id!) ?? throw XRayErrors.InvalidRequest($"There is no insight {id}.")
            : throw XRayErrors.InvalidRequest($"{id} is no id of an insight.");

    static bool? ReadStates(List<string?>? states) => states switch
    {
        null or [] => null,
        [InsightWire.Active] => true,
        [InsightWire.Closed] => false,
        [var state] => throw XRayErrors.InvalidRequest($"States has {state}; it takes {InsightWire.Active} or {InsightWire.Closed}."),
        _ => throw XRayErrors.InvalidRequest("States takes one state."),
    };

    static (long Started, string Id)? ReadSummaryToken(string? token)
    {
        if (OpaqueToken.Read(SummaryList, token) is not { } place) return null;
        return place.Split('/') is [var started, var id] && long.TryParse(started, CultureInfo.InvariantCulture, out var seconds)
            ? (seconds, id)
            : throw OpaqueToken.Unknown();
    }

    static DateTimeOffset? ReadEventToken(string? token)
    {
        if (OpaqueToken.Read(EventList, token) is not { } place) return null;
        return uint.TryParse(place, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw OpaqueToken.Unknown();
    }

    [GeneratedRegex(@"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}\z")]
    static partial Regex InsightId { get; }
}
