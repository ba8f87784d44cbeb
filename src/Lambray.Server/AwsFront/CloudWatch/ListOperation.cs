using System.Globalization;
using Lambray.Resources.Metrics;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>ListMetrics: which metrics had values lately, by namespace, name and some of their dimensions.</summary>
static class ListOperation
{
    const int PageSize = 500;
    static readonly TimeSpan Recently = TimeSpan.FromHours(3);

    public static async Task ListMetrics(HttpContext http)
    {
        var request = CloudWatchWire.Read(http, CloudWatchJson.Wire.ListMetricsRequest);
        if (request.RecentlyActive is not (null or "PT3H")) throw CloudWatchWire.InvalidValue($"The value {request.RecentlyActive} for parameter RecentlyActive is invalid.");
        foreach (var dimension in request.Dimensions ?? []) CloudWatchWire.Required(dimension.Name, "Dimensions.member.1.Name");
        var since = CloudWatchWire.Now(http) - (request.RecentlyActive is null ? MetricRetention.Listed : Recently);
        var metrics = await CloudWatchWire.Metrics(http).ListAsync(request.Namespace, request.MetricName, since, After(request.NextToken));
        var found = metrics.Where(metric => HasAll(metric.Id, request.Dimensions ?? [])).Take(PageSize + 1).ToArray();
        var page = found.Length > PageSize ? found[..PageSize] : found;
        var next = found.Length > PageSize ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null;
        await CloudWatchWire.WriteAsync(http, new ListMetricsAnswer([.. page.Select(metric => MetricWire.Of(metric.Id))], next), CloudWatchJson.Wire.ListMetricsAnswer);
    }

    static bool HasAll(MetricId id, IReadOnlyList<DimensionWire> wanted) => wanted.All(dimension =>
        id.Dimensions.Any(has => has.Name == dimension.Name && (dimension.Value is null || has.Value == dimension.Value)));

    // The number of the last metric of the page before.
    static long After(string? token) =>
        token is null ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw CloudWatchWire.InvalidValue("Invalid nextToken");
}
