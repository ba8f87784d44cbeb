using System.Text.Json.Serialization;
using Lambray.Tracing.Insights;

namespace Lambray.Server.ConsoleApi.Insights;

/// <param name="IsWatched">Whether any group has insights switched on.</param>
sealed record InsightList(IReadOnlyList<InsightItem> Insights, bool IsWatched);

/// <summary>An insight in the list.</summary>
/// <param name="Ended">Null as long as it goes on.</param>
/// <param name="RootCause">The unusual service that is furthest downstream.</param>
sealed record InsightItem(
    string Id, string Group, string Summary, EpochMicroseconds Started, EpochMicroseconds? Ended, string RootCause, string? RootCauseType, long ClientFaults, long ClientTotal,
    long RootCauseFaults, long RootCauseTotal)
{
    public static InsightItem Of(Insight insight) => new(
        insight.Id.ToString(), insight.GroupName, insight.Summary, insight.Started, insight.Ended is { } ended ? (EpochMicroseconds)ended : null, insight.RootCause.Name,
        insight.RootCause.Type, insight.ClientRequests.Faults, insight.ClientRequests.Total, insight.RootCauseRequests.Faults, insight.RootCauseRequests.Total);
}

/// <summary>An insight with its history and the services around it.</summary>
/// <param name="Services">Those with unusual faults, those with the most first.</param>
/// <param name="Timeline">Minute by minute, oldest first.</param>
/// <param name="Map">The services of its group while it went on.</param>
sealed record InsightDetail(InsightItem Insight, IReadOnlyList<ImpactedService> Services, IReadOnlyList<InsightMoment> Timeline, IReadOnlyList<InsightNode> Map);

sealed record ImpactedService(string Name, string? Type, long Faults, long Total);

/// <summary>An insight as it stood in one minute; counts are since its beginning.</summary>
sealed record InsightMoment(EpochMicroseconds Time, string Summary, long ClientFaults, long ClientTotal, long RootCauseFaults, long RootCauseTotal, IReadOnlyList<string> Services)
{
    public static InsightMoment Of(InsightEvent seen) => new(
        seen.Time, seen.Summary, seen.ClientRequests.Faults, seen.ClientRequests.Total, seen.RootCauseRequests.Faults, seen.RootCauseRequests.Total,
        [.. seen.TopServices.Select(service => service.Name)]);
}

/// <param name="Calls">The ids of the services that it calls.</param>
sealed record InsightNode(int Id, string Name, string? Type, long Faults, long Total, bool IsRootCause, bool IsUnusual, IReadOnlyList<int> Calls);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InsightList))]
[JsonSerializable(typeof(InsightDetail))]
sealed partial class InsightsPageJson : JsonSerializerContext;
