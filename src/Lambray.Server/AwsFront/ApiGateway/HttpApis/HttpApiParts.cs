using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.HttpApis;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;
using Route = Lambray.Resources.ApiGateway.HttpApis.Route;

namespace Lambray.Server.AwsFront.ApiGateway.HttpApis;

/// <summary>Routes, integrations and authorizers: of each an API has some, with the same five operations.</summary>
static class HttpApiParts
{
    static readonly ApiPart<Route> Routes = new("routes", "Route", HttpApiJson.Default.Route, HttpApiJson.Default.ItemPageRoute, configuration => configuration.Routes)
    {
        Add = (directory, api, asked) => directory.AddAsync(api, asked),
        Change = (directory, api, id, asked) => directory.ChangeAsync(api, id, asked),
        Remove = (configuration, id) => configuration with { Routes = configuration.Routes.Remove(id) },
    };

    static readonly ApiPart<Integration> Integrations = new(
        "integrations", "Integration", HttpApiJson.Default.Integration, HttpApiJson.Default.ItemPageIntegration, configuration => configuration.Integrations)
    {
        Add = (directory, api, asked) => directory.AddAsync(api, asked),
        Change = (directory, api, id, asked) => directory.ChangeAsync(api, id, asked),
        Remove = (configuration, id) =>
            configuration.Routes.Values.Count(route => route.Target == $"integrations/{id}") is > 0 and var count
                ? throw ApiGatewayErrors.Conflict($"Cannot delete Integration '{id}'. This Integration is being referenced by {count} Route(s)")
                : configuration with { Integrations = configuration.Integrations.Remove(id) },
    };

    static readonly ApiPart<Authorizer> Authorizers = new(
        "authorizers", "Authorizer", HttpApiJson.Default.Authorizer, HttpApiJson.Default.ItemPageAuthorizer, configuration => configuration.Authorizers)
    {
        Add = (directory, api, asked) => directory.AddAsync(api, asked),
        Change = (directory, api, id, asked) => directory.ChangeAsync(api, id, asked),
        Remove = (configuration, id) =>
            configuration.Routes.Values.Any(route => route.AuthorizerId == id)
                ? throw ApiGatewayErrors.Conflict("Cannot delete authorizer. Authorizer is referenced by a route")
                : configuration with { Authorizers = configuration.Authorizers.Remove(id) },
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        Routes.Map(routes);
        Integrations.Map(routes);
        Authorizers.Map(routes);
    }

    // One kind of part: where its operations are, and what they do.
    sealed record ApiPart<T>(
        string Path, string Noun, JsonTypeInfo<T> Json, JsonTypeInfo<ItemPage<T>> PageJson, Func<ApiConfiguration, ImmutableSortedDictionary<string, T>> All) where T : class
    {
        public required Func<HttpApiDirectory, string, T, Task<T>> Add { get; init; }

        public required Func<HttpApiDirectory, string, string, T, Task<T>> Change { get; init; }

        public required Func<ApiConfiguration, string, ApiConfiguration> Remove { get; init; }

        public void Map(IEndpointRouteBuilder routes)
        {
            var all = $"/v2/apis/{{apiId}}/{Path}";
            var one = $"{all}/{{id}}";
            routes.MapPost(all, CreateAsync);
            routes.MapGet(all, ListAsync);
            routes.MapGet(one, GetAsync);
            routes.MapPatch(one, UpdateAsync);
            routes.MapDelete(one, DeleteAsync);
        }

        async Task CreateAsync(HttpContext http)
        {
            var asked = await ReadAsync(http, Json);
            await WriteAsync(http, await Add(Directory(http), PathValue(http, "apiId"), asked), Json, StatusCodes.Status201Created);
        }

        Task ListAsync(HttpContext http) => WriteAsync(http, ItemPage<T>.Of(http.Request, All(Api(http).Configuration)), PageJson);

        Task GetAsync(HttpContext http)
        {
            var id = PathValue(http, "id");
            return WriteAsync(http, All(Api(http).Configuration).GetValueOrDefault(id) ?? throw ApiGatewayErrors.NotFound(Noun, id), Json);
        }

        async Task UpdateAsync(HttpContext http)
        {
            var asked = await ReadAsync(http, Json);
            await WriteAsync(http, await Change(Directory(http), PathValue(http, "apiId"), PathValue(http, "id"), asked), Json);
        }

        async Task DeleteAsync(HttpContext http)
        {
            var id = PathValue(http, "id");
            await Directory(http).ConfigureAsync(PathValue(http, "apiId"), api =>
                All(api.Configuration).ContainsKey(id) ? api with { Configuration = Remove(api.Configuration, id) } : throw ApiGatewayErrors.NotFound(Noun, id));
            await WriteNothingAsync(http);
        }

        static HttpApi Api(HttpContext http) => Directory(http).Get(PathValue(http, "apiId"));

        static HttpApiDirectory Directory(HttpContext http) => Service<HttpApiDirectory>(http);
    }
}
