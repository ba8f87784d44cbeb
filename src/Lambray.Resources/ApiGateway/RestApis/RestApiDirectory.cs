using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Resources.ApiGateway.RestApis;

/// <summary>The REST APIs of the account.</summary>
public sealed class RestApiDirectory(SqliteDatabase database, TimeProvider time)
{
    const int TtlDefault = 300;

    readonly RecordSet<RestApi> apis = new(database, "rest-api", RestApiStoreJson.Default.RestApi);

    /// <summary>By id.</summary>
    public IEnumerable<RestApi> All => apis.All.Values;

    public RestApi? Find(string id) => apis.Find(id);

    /// <exception cref="AwsException">NotFoundException.</exception>
    public RestApi Get(string id) => Find(id) ?? throw NotFound();

    /// <exception cref="AwsException">BadRequestException.</exception>
    public Task<RestApi> CreateAsync(RestApiSettings asked)
    {
        var api = RestApi.OfNew(asked.Checked() with
        {
            Id = ApiIds.OfApi(),
            CreatedDate = Now(),
            ApiKeySource = asked.ApiKeySource ?? "HEADER",
            EndpointConfiguration = asked.EndpointConfiguration ?? new EndpointConfiguration(["EDGE"], null, "ipv4"),
            DisableExecuteApiEndpoint = asked.DisableExecuteApiEndpoint ?? false,
        });
        return apis.PutAsync(_ => (api.Id, api));
    }

    /// <exception cref="AwsException">NotFoundException.</exception>
    public Task DeleteAsync(string id) => apis.RemoveAsync(all => all.ContainsKey(id) ? id : throw NotFound());

    /// <exception cref="AwsException">NotFoundException, or what the change throws.</exception>
    public Task<RestApi> ChangeAsync(string id, Func<RestApi, RestApi> change) => apis.PutAsync(all => (id, change(all.GetValueOrDefault(id) ?? throw NotFound())));

    public async Task<RestResource> AddResourceAsync(string id, string parentId, string? pathPart)
    {
        RestResource? made = null;
        await ChangeAsync(id, api => api.WithChild(parentId, pathPart, out made));
        return made!;
    }

    public Task<RestApi> RemoveResourceAsync(string id, string resourceId) => ChangeAsync(id, api => api.Without(resourceId));

    public async Task<RestAuthorizer> AddAuthorizerAsync(string id, RestAuthorizer asked)
    {
        var made = asked with { Id = ApiIds.OfPart()[..6], AuthorizerResultTtlInSeconds = asked.AuthorizerResultTtlInSeconds ?? TtlDefault };
        await PutAuthorizerAsync(id, _ => made);
        return made;
    }

    /// <param name="change">Gives the authorizer as it is to be.</param>
    public async Task<RestAuthorizer> PutAuthorizerAsync(string id, Func<RestApi, RestAuthorizer> change)
    {
        RestAuthorizer? put = null;
        await ChangeAsync(id, api => api with { Authorizers = api.Authorizers.SetItem((put = change(api).Checked(api)).Id!, put) });
        return put!;
    }

    /// <summary>Deploys, to a new stage or to one that is there, if one is named.</summary>
    public async Task<RestDeployment> DeployAsync(string id, string? description, RestStage? stage)
    {
        RestDeployment? made = null;
        await ChangeAsync(id, api =>
        {
            var deployed = api.Deploy(description, Now(), out made);
            if (stage?.StageName is null) return deployed;
            return deployed.With(api.Stages.GetValueOrDefault(stage.StageName) is { } former
                ? former with
                {
                    DeploymentId = made.Id,
                    Description = stage.Description ?? former.Description,
                    Variables = stage.Variables ?? former.Variables,
                    TracingEnabled = stage.TracingEnabled ?? former.TracingEnabled,
                    LastUpdatedDate = Now(),
                }
                : RestStage.OfNew(deployed, stage with { DeploymentId = made.Id }, Now()));
        });
        return made!;
    }

    public async Task<RestStage> AddStageAsync(string id, RestStage asked) =>
        (await ChangeAsync(id, api => api.With(RestStage.OfNew(api, asked, Now())))).Stages[asked.StageName!];

    public async Task<RestStage> ChangeStageAsync(string id, string name, Func<RestStage, RestStage> change) => (await ChangeAsync(id, api =>
    {
        var changed = change(api.Stages.GetValueOrDefault(name) ?? throw RestApiErrors.NotFound("stage")) with { LastUpdatedDate = Now() };
        if (changed.DeploymentId is null || !api.Deployments.ContainsKey(changed.DeploymentId)) throw ApiGatewayErrors.BadRequest("Deployment id does not exist");
        return api.With(changed);
    })).Stages[name];

    static AwsException NotFound() => RestApiErrors.NotFound("API");

    long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RestApi))]
sealed partial class RestApiStoreJson : JsonSerializerContext;
