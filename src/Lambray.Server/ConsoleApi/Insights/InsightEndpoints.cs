using Lambray.Aws;
using Lambray.Tracing.Groups;
using Lambray.Tracing.Insights;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Insights;

/// <summary>The pages of insights: which faults were beyond what is usual, where they came from and whom they hit.</summary>
static class InsightEndpoints
{
    const int PerGroupMax = 100;
    const int EventsMax = 2_000;

    // As GetInsightImpactGraph.
    static readonly TimeSpan GraphRangeMax = TimeSpan.FromHours(6);

    public static void MapInsights(this IEndpointRouteBuilder api)
    {
        api.MapGet("/insights", List);
        api.MapGet("/insights/{id}", Get);
    }

    static InsightList List([FromServices] InsightStore insights, [FromServices] TraceGroups groups, [FromServices] TimeProvider time, int minutes = 30 * 24 * 60)
    {
        Asked.Within(minutes, "minutes", 30 * 24 * 60);
        var now = time.GetUtcNow();
        var found = groups.All.SelectMany(group => insights.FindPage(group.Arn, now - TimeSpan.FromMinutes(minutes), now.AddMinutes(1), isActive: null, after: null, PerGroupMax));
        return new InsightList(
            [.. found.OrderByDescending(insight => insight.IsActive).ThenByDescending(insight => insight.Started).Select(InsightItem.Of)],
            groups.All.Any(group => group.Insights.Enabled));
    }

    static async Task<InsightDetail> Get(
        string id, [FromServices] InsightStore insights, [FromServices] TraceGroups groups, [FromServices] ReadServiceMap readMap, [FromServices] TimeProvider time)
    {
        var insight = (Guid.TryParse(id, out _) ? insights.Find(id) : null)
            ?? throw new AwsException("NotFound", StatusCodes.Status404NotFound, $"There is no insight '{id}'.");
        var end = insight.Ended ?? time.GetUtcNow();
        var start = end - insight.Started > GraphRangeMax ? end - GraphRangeMax : insight.Started;
        var services = groups.FindByArn(insight.GroupArn) is { } group ? await readMap(group, start, end) : [];
        return new InsightDetail(
            InsightItem.Of(insight), [.. insight.Services.Select(service => new ImpactedService(service.Id.Name, service.Id.Type, service.Requests.Faults, service.Requests.Total))],
            [.. insights.FindEvents(insight.Id, before: null, EventsMax).Reverse().Select(InsightMoment.Of)],
            [.. services.Select(node => new InsightNode(
                node.ReferenceId, node.Id.Name, node.Id.Type, node.Statistics?.FaultCount ?? 0, node.Statistics?.TotalCount ?? 0, node.Id == insight.RootCause,
                insight.Services.Any(service => service.Id == node.Id), [.. node.Edges.Select(edge => edge.TargetReferenceId)]))]);
    }
}
