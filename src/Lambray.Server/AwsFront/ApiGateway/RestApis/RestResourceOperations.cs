using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.RestApis;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;

namespace Lambray.Server.AwsFront.ApiGateway.RestApis;

/// <summary>The paths of REST APIs.</summary>
static class RestResourceOperations
{
    const string Resources = "/restapis/{apiId}/resources";
    const string Resource = Resources + "/{resourceId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Resources, GetResources);
        routes.MapPost(Resource, CreateResource);
        routes.MapGet(Resource, GetResource);
        routes.MapPatch(Resource, UpdateResource);
        routes.MapDelete(Resource, DeleteResource);
    }

    static Task GetResources(HttpContext http)
    {
        var embeds = http.Request.Query["embed"].Contains("methods");
        return WriteAsync(http, new RestItems<ResourceWire>([.. Directory(http).Get(ApiId(http)).Resources.Values.Select(resource => ToWire(resource, embeds))]), RestApiJson.Default.RestItemsResourceWire);
    }

    static async Task CreateResource(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.ResourceWire);
        var made = await Directory(http).AddResourceAsync(ApiId(http), ResourceId(http), asked.PathPart);
        await WriteAsync(http, ToWire(made, embeds: true), RestApiJson.Default.ResourceWire, StatusCodes.Status201Created);
    }

    static Task GetResource(HttpContext http) => WriteAsync(
        http, ToWire(Directory(http).Get(ApiId(http)).Resource(ResourceId(http)), http.Request.Query["embed"].Contains("methods")), RestApiJson.Default.ResourceWire);

    // A resource is moved or renamed with all beneath it: neither is there.
    static Task UpdateResource(HttpContext http) => throw ApiGatewayErrors.BadRequest("Resources cannot be moved or renamed on this server.");

    static async Task DeleteResource(HttpContext http)
    {
        await Directory(http).RemoveResourceAsync(ApiId(http), ResourceId(http));
        await WriteNothingAsync(http, StatusCodes.Status202Accepted);
    }

    // Without being asked for, methods are told by their names alone.
    static ResourceWire ToWire(RestResource resource, bool embeds) => new(
        resource.Id, resource.ParentId, resource.PathPart, resource.Path,
        resource.Methods.Count == 0 ? null : resource.Methods.ToDictionary(method => method.Key, method => embeds ? method.Value : new RestMethod()));

    static string ApiId(HttpContext http) => PathValue(http, "apiId");

    static string ResourceId(HttpContext http) => PathValue(http, "resourceId");

    static RestApiDirectory Directory(HttpContext http) => Service<RestApiDirectory>(http);
}
