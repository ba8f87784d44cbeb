using System.Globalization;

namespace Lambray.Tracing.Insights;

/// <summary>Faults beyond what is usual in some services of a group that call each other: from their first minute to their last.</summary>
/// <param name="RootCause">The unusual service that calls no other one: furthest downstream.</param>
/// <param name="Ended">Null as long as it goes on.</param>
/// <param name="LastUnusual">The last minute in which faults were more than expected.</param>
/// <param name="ClientRequests">What clients met since its beginning.</param>
/// <param name="Services">What the unusual services met since then, those with the most faults first.</param>
public sealed record Insight(
    Guid Id, string GroupName, string GroupArn, ServiceId RootCause, DateTimeOffset Started, DateTimeOffset? Ended, DateTimeOffset LastUnusual,
    DateTimeOffset Updated, RequestImpact ClientRequests, IReadOnlyList<ServiceImpact> Services)
{
    // As many as a person looks at.
    const int TopMax = 5;

    public bool IsActive => Ended is null;

    public RequestImpact RootCauseRequests => Services.FirstOrDefault(service => service.Id == RootCause)?.Requests ?? RequestImpact.None;

    public IEnumerable<ServiceId> TopServices => Services.Take(TopMax).Select(service => service.Id);

    /// <summary>In a sentence.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{RootCauseRequests.Faults} of {RootCauseRequests.Total} requests to {Named(RootCause)} failed {Time}; clients met {ClientRequests.Faults} faults in {ClientRequests.Total} requests.");

    string Time => Ended is { } ended
        ? string.Create(CultureInfo.InvariantCulture, $"from {Started:yyyy-MM-dd HH:mm} to {ended:yyyy-MM-dd HH:mm} UTC")
        : string.Create(CultureInfo.InvariantCulture, $"since {Started:yyyy-MM-dd HH:mm} UTC");

    static string Named(ServiceId service) => service.Type is { } type ? $"{service.Name} ({type})" : service.Name;
}

public sealed record ServiceImpact(ServiceId Id, RequestImpact Requests);

/// <summary>An insight as it stood in one minute.</summary>
public sealed record InsightEvent(
    DateTimeOffset Time, string Summary, RequestImpact ClientRequests, RequestImpact RootCauseRequests, IReadOnlyList<ServiceId> TopServices)
{
    public static InsightEvent Of(Insight insight) =>
        new(insight.Updated, insight.Summary, insight.ClientRequests, insight.RootCauseRequests, [.. insight.TopServices]);
}
