using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.RestApis;
using Lambray.Server.AwsFront.ExecuteApi;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;

namespace Lambray.Server.AwsFront.ApiGateway.RestApis;

/// <summary>Deployments of REST APIs and the stages that they are deployed to.</summary>
static class RestStageOperations
{
    const string Deployments = "/restapis/{apiId}/deployments";
    const string Deployment = Deployments + "/{deploymentId}";
    const string Stages = "/restapis/{apiId}/stages";
    const string Stage = Stages + "/{stageName}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Deployments, CreateDeployment);
        routes.MapGet(Deployments, GetDeployments);
        routes.MapGet(Deployment, GetDeployment);
        routes.MapDelete(Deployment, DeleteDeployment);

        routes.MapPost(Stages, CreateStage);
        routes.MapGet(Stages, GetStages);
        routes.MapGet(Stage, GetStage);
        routes.MapPatch(Stage, UpdateStage);
        routes.MapDelete(Stage, DeleteStage);
        routes.MapDelete(Stage + "/cache/authorizers", FlushStageAuthorizersCache);
    }

    static async Task CreateDeployment(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.RestDeploymentRequest);
        var stage = string.IsNullOrEmpty(asked.StageName) ? null : new RestStage(asked.StageName)
        {
            Description = asked.StageDescription,
            Variables = asked.Variables,
            TracingEnabled = asked.TracingEnabled,
        };
        await WriteAsync(http, await Directory(http).DeployAsync(ApiId(http), asked.Description, stage), RestApiJson.Default.RestDeployment, StatusCodes.Status201Created);
    }

    static Task GetDeployments(HttpContext http) =>
        WriteAsync(http, new RestItems<RestDeployment>([.. Api(http).Deployments.Values]), RestApiJson.Default.RestItemsRestDeployment);

    static Task GetDeployment(HttpContext http) => WriteAsync(http, Find(Api(http), http), RestApiJson.Default.RestDeployment);

    static async Task DeleteDeployment(HttpContext http)
    {
        await Directory(http).ChangeAsync(ApiId(http), api =>
        {
            var id = Find(api, http).Id;
            if (api.Stages.Values.Any(stage => stage.DeploymentId == id)) throw ApiGatewayErrors.BadRequest("Active stages pointing to this deployment must be moved or deleted");
            return api with { Deployments = api.Deployments.Remove(id), Deployed = api.Deployed.Remove(id) };
        });
        await WriteNothingAsync(http, StatusCodes.Status202Accepted);
    }

    static async Task CreateStage(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.RestStage);
        await WriteAsync(http, await Directory(http).AddStageAsync(ApiId(http), asked), RestApiJson.Default.RestStage, StatusCodes.Status201Created);
    }

    static Task GetStages(HttpContext http)
    {
        var deployment = http.Request.Query["deploymentId"].FirstOrDefault();
        return WriteAsync(http, new RestItems<RestStage>([.. Api(http).Stages.Values.Where(stage => deployment is null || stage.DeploymentId == deployment)]), RestApiJson.Default.RestItemsRestStage);
    }

    static Task GetStage(HttpContext http) => WriteAsync(http, Api(http).Stages.GetValueOrDefault(StageName(http)) ?? throw RestApiErrors.NotFound("stage"), RestApiJson.Default.RestStage);

    static async Task UpdateStage(HttpContext http)
    {
        var patches = await ReadAsync(http, RestApiJson.Default.PatchRequest);
        // Settings of methods go by a path of their own kind: /RESOURCE/METHOD/logging/loglevel. They are taken and not kept.
        var known = patches.PatchOperations?.Where(patch => patch.Path?.Count(character => character == '/') < 4).ToList();
        var changed = await Directory(http).ChangeStageAsync(ApiId(http), StageName(http), stage => MemberPatches.Apply(stage, RestApiJson.Default.RestStage, known));
        await WriteAsync(http, changed, RestApiJson.Default.RestStage);
    }

    static async Task DeleteStage(HttpContext http)
    {
        var name = StageName(http);
        await Directory(http).ChangeAsync(ApiId(http), api => api.Stages.ContainsKey(name) ? api with { Stages = api.Stages.Remove(name) } : throw RestApiErrors.NotFound("stage"));
        await WriteNothingAsync(http, StatusCodes.Status202Accepted);
    }

    static Task FlushStageAuthorizersCache(HttpContext http)
    {
        if (!Api(http).Stages.ContainsKey(StageName(http))) throw RestApiErrors.NotFound("stage");
        Service<AuthorizerVerdicts>(http).Forget($"{ApiId(http)}/{StageName(http)}/");
        return WriteNothingAsync(http, StatusCodes.Status202Accepted);
    }

    static RestDeployment Find(RestApi api, HttpContext http) => api.Deployments.GetValueOrDefault(PathValue(http, "deploymentId")) ?? throw RestApiErrors.NotFound("Deployment");

    static RestApi Api(HttpContext http) => Directory(http).Get(ApiId(http));

    static string ApiId(HttpContext http) => PathValue(http, "apiId");

    static string StageName(HttpContext http) => PathValue(http, "stageName");

    static RestApiDirectory Directory(HttpContext http) => Service<RestApiDirectory>(http);
}
