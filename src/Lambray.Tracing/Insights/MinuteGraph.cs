using Lambray.Tracing.ServiceGraph;

namespace Lambray.Tracing.Insights;

/// <summary>Requests by outcome; those that are neither ok nor faults were the callers' mistakes.</summary>
public sealed record RequestImpact(long Faults, long Ok, long Total)
{
    public static readonly RequestImpact None = new(0, 0, 0);

    public static RequestImpact operator +(RequestImpact one, RequestImpact other) =>
        new(one.Faults + other.Faults, one.Ok + other.Ok, one.Total + other.Total);
}

/// <summary>A service in one minute.</summary>
/// <param name="IsEntry">Clients call it.</param>
/// <param name="Calls">The services that it called.</param>
public sealed record MinuteService(ServiceId Id, RequestImpact Requests, bool IsEntry, IReadOnlyList<ServiceId> Calls);

/// <summary>The service map of one minute, as far as it says what failed.</summary>
public sealed record MinuteGraph(DateTimeOffset Minute, IReadOnlyList<MinuteService> Services)
{
    /// <param name="nodes">Of the traces that began in that minute.</param>
    public static MinuteGraph Of(DateTimeOffset minute, IReadOnlyList<ServiceNode> nodes)
    {
        var byReference = nodes.ToDictionary(node => node.ReferenceId);
        return new MinuteGraph(minute, [.. nodes.Where(node => node.Statistics is not null).Select(node => new MinuteService(
            node.Id, new RequestImpact(node.Statistics!.FaultCount, node.Statistics.OkCount, node.Statistics.TotalCount), node.Root,
            [.. node.Edges.Select(edge => byReference[edge.TargetReferenceId].Id).Distinct()]))]);
    }

    public MinuteService? Find(ServiceId id) => Services.FirstOrDefault(service => service.Id == id);

    public RequestImpact RequestsOf(ServiceId id) => Find(id)?.Requests ?? RequestImpact.None;

    /// <summary>What clients met.</summary>
    public RequestImpact ClientRequests =>
        Services.Where(service => service.IsEntry).Aggregate(RequestImpact.None, (sum, service) => sum + service.Requests);
}
