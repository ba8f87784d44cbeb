using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.HttpApis;
using Lambray.Server.AwsFront.ExecuteApi;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;

namespace Lambray.Server.AwsFront.ApiGateway.HttpApis;

/// <summary>Stages of HTTP APIs, and what is deployed to them.</summary>
static class StageOperations
{
    const string Stages = "/v2/apis/{apiId}/stages";
    const string Stage = Stages + "/{stageName}";
    const string Deployments = "/v2/apis/{apiId}/deployments";
    const string Deployment = Deployments + "/{deploymentId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Stages, CreateStage);
        routes.MapGet(Stages, GetStages);
        routes.MapGet(Stage, GetStage);
        routes.MapPatch(Stage, UpdateStage);
        routes.MapDelete(Stage, DeleteStage);
        routes.MapDelete(Stage + "/accesslogsettings", DeleteAccessLogSettings);
        routes.MapDelete(Stage + "/routesettings/{**routeKey}", DeleteRouteSettings);
        routes.MapDelete(Stage + "/cache/authorizers", ResetAuthorizersCache);

        routes.MapPost(Deployments, CreateDeployment);
        routes.MapGet(Deployments, GetDeployments);
        routes.MapGet(Deployment, GetDeployment);
        routes.MapPatch(Deployment, UpdateDeployment);
        routes.MapDelete(Deployment, DeleteDeployment);
    }

    static async Task CreateStage(HttpContext http)
    {
        var asked = await ReadAsync(http, HttpApiJson.Default.Stage);
        await WriteAsync(http, await Directory(http).AddAsync(ApiId(http), asked), HttpApiJson.Default.Stage, StatusCodes.Status201Created);
    }

    static Task GetStages(HttpContext http) => WriteAsync(http, ItemPage<Stage>.Of(http.Request, Api(http).Stages), HttpApiJson.Default.ItemPageStage);

    static Task GetStage(HttpContext http) => WriteAsync(http, Find(Api(http), StageName(http)), HttpApiJson.Default.Stage);

    static async Task UpdateStage(HttpContext http)
    {
        var asked = await ReadAsync(http, HttpApiJson.Default.Stage);
        await WriteAsync(http, await Directory(http).ChangeAsync(ApiId(http), StageName(http), asked), HttpApiJson.Default.Stage);
    }

    static async Task DeleteStage(HttpContext http)
    {
        var name = StageName(http);
        await Directory(http).ChangeAsync(ApiId(http), api => api with { Stages = api.Stages.Remove(Find(api, name).StageName!) });
        await WriteNothingAsync(http);
    }

    static async Task DeleteAccessLogSettings(HttpContext http)
    {
        var name = StageName(http);
        await Directory(http).ChangeAsync(ApiId(http), api => api.With(Find(api, name) with { AccessLogSettings = null }));
        await WriteNothingAsync(http);
    }

    static async Task DeleteRouteSettings(HttpContext http)
    {
        var (name, key) = (StageName(http), PathValue(http, "routeKey"));
        await Directory(http).ChangeAsync(ApiId(http), api =>
        {
            var stage = Find(api, name);
            return api.With(stage with { RouteSettings = stage.RouteSettings?.Where(settings => settings.Key != key).ToDictionary() });
        });
        await WriteNothingAsync(http);
    }

    static Task ResetAuthorizersCache(HttpContext http)
    {
        Service<AuthorizerVerdicts>(http).Forget($"{ApiId(http)}/{Find(Api(http), StageName(http)).StageName}/");
        return WriteNothingAsync(http);
    }

    static async Task CreateDeployment(HttpContext http)
    {
        var asked = await ReadAsync(http, HttpApiJson.Default.DeploymentRequest);
        await WriteAsync(http, await Directory(http).DeployAsync(ApiId(http), asked.StageName, asked.Description), HttpApiJson.Default.Deployment, StatusCodes.Status201Created);
    }

    static Task GetDeployments(HttpContext http) => WriteAsync(http, ItemPage<Deployment>.Of(http.Request, Api(http).Deployments), HttpApiJson.Default.ItemPageDeployment);

    static Task GetDeployment(HttpContext http) => WriteAsync(http, FindDeployment(Api(http), DeploymentId(http)), HttpApiJson.Default.Deployment);

    static async Task UpdateDeployment(HttpContext http)
    {
        var asked = await ReadAsync(http, HttpApiJson.Default.DeploymentRequest);
        var id = DeploymentId(http);
        var api = await Directory(http).ChangeAsync(ApiId(http), api =>
        {
            var former = FindDeployment(api, id);
            return api with { Deployments = api.Deployments.SetItem(id, former with { Description = asked.Description ?? former.Description }) };
        });
        await WriteAsync(http, api.Deployments[id], HttpApiJson.Default.Deployment);
    }

    static async Task DeleteDeployment(HttpContext http)
    {
        var id = DeploymentId(http);
        await Directory(http).ChangeAsync(ApiId(http), api =>
        {
            FindDeployment(api, id);
            if (api.Stages.Values.Any(stage => stage.DeploymentId == id)) throw ApiGatewayErrors.BadRequest("Active stages pointing to this deployment must be moved or deleted");
            return api with { Deployments = api.Deployments.Remove(id), Deployed = api.Deployed.Remove(id) };
        });
        await WriteNothingAsync(http);
    }

    static Stage Find(HttpApi api, string name) => api.Stages.GetValueOrDefault(name) ?? throw ApiGatewayErrors.NotFound("Stage", name);

    static Deployment FindDeployment(HttpApi api, string id) => api.Deployments.GetValueOrDefault(id) ?? throw ApiGatewayErrors.NotFound("Deployment", id);

    static HttpApi Api(HttpContext http) => Directory(http).Get(ApiId(http));

    static string ApiId(HttpContext http) => PathValue(http, "apiId");

    static string StageName(HttpContext http) => PathValue(http, "stageName");

    static string DeploymentId(HttpContext http) => PathValue(http, "deploymentId");

    static HttpApiDirectory Directory(HttpContext http) => Service<HttpApiDirectory>(http);
}
