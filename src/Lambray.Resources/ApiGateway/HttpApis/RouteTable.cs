using System.Collections.Immutable;

namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>Finds the route of a request ("Routing API requests" in "Create routes for HTTP APIs in API Gateway").</summary>
/// <remarks>
/// The route that says most of the path wins: written parts before variables, any before a greedy variable; of two for the same path the
/// one that names the method; <c>$default</c> gets what is left.
/// </remarks>
public sealed class RouteTable
{
    static readonly Dictionary<string, string> NoParameters = [];

    readonly (Route Route, PathTemplate Path, string Method)[] routes;
    readonly Route? fallback;
    readonly ImmutableSortedDictionary<string, Route> all;

    public RouteTable(ImmutableSortedDictionary<string, Route> all)
    {
        this.all = all;
        var list = all.Values.ToList();
        fallback = list.Find(route => route.RouteKey == Route.Default);
        routes =
        [
            .. list.Where(route => route.RouteKey != Route.Default)
                .Select(route => (route, PathTemplate.Parse(route.RouteKey![(route.RouteKey!.IndexOf(' ', StringComparison.Ordinal) + 1)..]), route.RouteKey!.Split(' ')[0]))
                .OrderBy(entry => entry.Item2).ThenBy(entry => entry.Item3 == "ANY"),
        ];
    }

    /// <summary>Whether it was made of these routes, and of no others.</summary>
    public bool IsOf(ImmutableSortedDictionary<string, Route> routes) => ReferenceEquals(all, routes);

    /// <param name="segments">The parts of the path, decoded.</param>
    /// <returns>Null when no route is for such a request.</returns>
    public (Route Route, IReadOnlyDictionary<string, string> Parameters)? Find(string method, IReadOnlyList<string> segments)
    {
        foreach (var (route, path, wanted) in routes)
            if ((wanted == "ANY" || wanted == method) && path.Match(segments) is { } parameters) return (route, parameters);
        return fallback is null ? null : (fallback, NoParameters);
    }
}
