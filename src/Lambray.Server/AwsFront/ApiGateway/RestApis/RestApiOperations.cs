using Lambray.Resources.ApiGateway.RestApis;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;

namespace Lambray.Server.AwsFront.ApiGateway.RestApis;

/// <summary>REST APIs themselves, and who decides about their requests.</summary>
static class RestApiOperations
{
    const string Apis = "/restapis";
    const string Api = Apis + "/{apiId}";
    const string Authorizers = Api + "/authorizers";
    const string Authorizer = Authorizers + "/{authorizerId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Apis, CreateRestApi);
        routes.MapGet(Apis, GetRestApis);
        routes.MapGet(Api, GetRestApi);
        routes.MapPatch(Api, UpdateRestApi);
        routes.MapDelete(Api, DeleteRestApi);

        routes.MapPost(Authorizers, CreateAuthorizer);
        routes.MapGet(Authorizers, GetAuthorizers);
        routes.MapGet(Authorizer, GetAuthorizer);
        routes.MapPatch(Authorizer, UpdateAuthorizer);
        routes.MapDelete(Authorizer, DeleteAuthorizer);
    }

    static async Task CreateRestApi(HttpContext http)
    {
        if (http.Request.Query["mode"] == "import") throw new Aws.AwsException("NotImplemented", StatusCodes.Status501NotImplemented, "ImportRestApi of ApiGateway is not available on this server.");
        var api = await Directory(http).CreateAsync(await ReadAsync(http, RestApiJson.Default.RestApiSettings));
        await WriteAsync(http, ToWire(api), RestApiJson.Default.RestApiSettings, StatusCodes.Status201Created);
    }

    static Task GetRestApis(HttpContext http) =>
        WriteAsync(http, new RestItems<RestApiSettings>([.. Directory(http).All.Select(ToWire)]), RestApiJson.Default.RestItemsRestApiSettings);

    static Task GetRestApi(HttpContext http) => WriteAsync(http, ToWire(Directory(http).Get(ApiId(http))), RestApiJson.Default.RestApiSettings);

    static async Task UpdateRestApi(HttpContext http)
    {
        var patches = await ReadAsync(http, RestApiJson.Default.PatchRequest);
        var api = await Directory(http).ChangeAsync(ApiId(http), former => former with
        {
            Settings = MemberPatches.Apply(former.Settings, RestApiJson.Default.RestApiSettings, patches.PatchOperations) with { Id = former.Id },
        });
        await WriteAsync(http, ToWire(api), RestApiJson.Default.RestApiSettings);
    }

    static async Task DeleteRestApi(HttpContext http)
    {
        await Directory(http).DeleteAsync(ApiId(http));
        await WriteNothingAsync(http, StatusCodes.Status202Accepted);
    }

    static async Task CreateAuthorizer(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.RestAuthorizer);
        await WriteAsync(http, await Directory(http).AddAuthorizerAsync(ApiId(http), asked), RestApiJson.Default.RestAuthorizer, StatusCodes.Status201Created);
    }

    static Task GetAuthorizers(HttpContext http) =>
        WriteAsync(http, new RestItems<RestAuthorizer>([.. Directory(http).Get(ApiId(http)).Authorizers.Values]), RestApiJson.Default.RestItemsRestAuthorizer);

    static Task GetAuthorizer(HttpContext http) => WriteAsync(http, Find(Directory(http).Get(ApiId(http)), http), RestApiJson.Default.RestAuthorizer);

    static async Task UpdateAuthorizer(HttpContext http)
    {
        var patches = await ReadAsync(http, RestApiJson.Default.PatchRequest);
        var changed = await Directory(http).PutAuthorizerAsync(ApiId(http), api =>
            MemberPatches.Apply(Find(api, http), RestApiJson.Default.RestAuthorizer, patches.PatchOperations));
        await WriteAsync(http, changed, RestApiJson.Default.RestAuthorizer);
    }

    static async Task DeleteAuthorizer(HttpContext http)
    {
        await Directory(http).ChangeAsync(ApiId(http), api => api with { Authorizers = api.Authorizers.Remove(Find(api, http).Id!) });
        await WriteNothingAsync(http, StatusCodes.Status202Accepted);
    }

    static RestAuthorizer Find(RestApi api, HttpContext http) => api.Authorizers.GetValueOrDefault(PathValue(http, "authorizerId")) ?? throw RestApiErrors.NotFound("Authorizer");

    static RestApiSettings ToWire(RestApi api) => api.Settings with { RootResourceId = api.Resources.Values.First(resource => resource.ParentId is null).Id };

    static string ApiId(HttpContext http) => PathValue(http, "apiId");

    static RestApiDirectory Directory(HttpContext http) => Service<RestApiDirectory>(http);
}
