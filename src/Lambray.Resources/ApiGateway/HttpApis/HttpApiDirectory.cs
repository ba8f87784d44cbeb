using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Storage;

namespace Lambray.Resources.ApiGateway.HttpApis;

/// <summary>The HTTP APIs of the account.</summary>
public sealed class HttpApiDirectory(SqliteDatabase database, TimeProvider time)
{
    readonly RecordSet<HttpApi> apis = new(database, "http-api", HttpApiStoreJson.Default.HttpApi);

    /// <summary>By id.</summary>
    public IEnumerable<HttpApi> All => apis.All.Values;

    public HttpApi? Find(string id) => apis.Find(id);

    /// <exception cref="AwsException">NotFoundException.</exception>
    public HttpApi Get(string id) => Find(id) ?? throw NotFound(id);

    /// <param name="target">What everything is to be sent to at once; null for an API that is put together piece by piece.</param>
    /// <exception cref="AwsException">BadRequestException, or NotImplemented.</exception>
    public Task<HttpApi> CreateAsync(ApiSettings asked, CorsConfiguration? cors, IReadOnlyDictionary<string, string>? tags, string? target, string? routeKey, string? credentials)
    {
        var now = Now();
        var api = new HttpApi(ApiIds.OfApi(), ApiSettings.OfNew(asked), now)
        {
            Configuration = ApiConfiguration.Empty with { Cors = cors?.Checked() },
            Tags = tags ?? new Dictionary<string, string>(),
        };
        if (target is not null) api = api.QuicklyCreated(target, routeKey, credentials, now);
        return apis.PutAsync(_ => (api.ApiId, api));
    }

    /// <exception cref="AwsException">NotFoundException, BadRequestException.</exception>
    public Task<HttpApi> UpdateAsync(string id, ApiSettings asked, CorsConfiguration? cors) => ConfigureAsync(id, api => api with
    {
        Settings = api.Settings.Changed(asked),
        Configuration = cors is null ? api.Configuration : api.Configuration with { Cors = cors.Checked() },
    });

    /// <exception cref="AwsException">NotFoundException.</exception>
    public Task DeleteAsync(string id) => apis.RemoveAsync(all => all.ContainsKey(id) ? id : throw NotFound(id));

    public async Task<Route> AddAsync(string id, Route asked)
    {
        var added = asked;
        await ConfigureAsync(id, api => api.With(added = Route.OfNew(api, asked)));
        return added;
    }

    public async Task<Integration> AddAsync(string id, Integration asked)
    {
        var added = Integration.OfNew(asked);
        await ConfigureAsync(id, api => api.With(added));
        return added;
    }

    public async Task<Authorizer> AddAsync(string id, Authorizer asked)
    {
        var added = asked;
        await ConfigureAsync(id, api => api.With(added = Authorizer.OfNew(api, asked)));
        return added;
    }

    public async Task<Stage> AddAsync(string id, Stage asked) =>
        (await ChangeAsync(id, api => Followed(api.With(Stage.OfNew(api, asked, Now())), asked))).Stages[asked.StageName!];

    public async Task<Route> ChangeAsync(string id, string routeId, Route asked) =>
        (await ConfigureAsync(id, api => api.With((api.Configuration.Routes.GetValueOrDefault(routeId) ?? throw ApiGatewayErrors.NotFound("Route", routeId)).Changed(api, asked))))
        .Configuration.Routes[routeId];

    public async Task<Integration> ChangeAsync(string id, string integrationId, Integration asked) =>
        (await ConfigureAsync(id, api => api.With(
            (api.Configuration.Integrations.GetValueOrDefault(integrationId) ?? throw ApiGatewayErrors.NotFound("Integration", integrationId)).Changed(asked))))
        .Configuration.Integrations[integrationId];

    public async Task<Authorizer> ChangeAsync(string id, string authorizerId, Authorizer asked) =>
        (await ConfigureAsync(id, api => api.With(
            (api.Configuration.Authorizers.GetValueOrDefault(authorizerId) ?? throw ApiGatewayErrors.NotFound("Authorizer", authorizerId)).Changed(api, asked))))
        .Configuration.Authorizers[authorizerId];

    public async Task<Stage> ChangeAsync(string id, string stageName, Stage asked) =>
        (await ChangeAsync(id, api => Followed(
            api.With((api.Stages.GetValueOrDefault(stageName) ?? throw ApiGatewayErrors.NotFound("Stage", stageName)).Changed(api, asked, Now())), asked)))
        .Stages[stageName];

    public async Task<Deployment> DeployAsync(string id, string? stageName, string? description)
    {
        Deployment? made = null;
        await ChangeAsync(id, api => api.Deploy(stageName, description, Now(), out made));
        return made!;
    }

    /// <summary>Changes what is deployed: stages that follow each change have it at once.</summary>
    /// <exception cref="AwsException">NotFoundException, or what the change throws.</exception>
    public Task<HttpApi> ConfigureAsync(string id, Func<HttpApi, HttpApi> change) => ChangeAsync(id, api => change(api).Redeployed(Now()));

    /// <inheritdoc cref="ConfigureAsync"/>
    public Task<HttpApi> ChangeAsync(string id, Func<HttpApi, HttpApi> change) => apis.PutAsync(all => (id, change(all.GetValueOrDefault(id) ?? throw NotFound(id))));

    HttpApi Followed(HttpApi api, Stage asked) => asked.AutoDeploy == true ? api.Redeployed(Now()) : api;

    static AwsException NotFound(string id) => ApiGatewayErrors.NotFound("API", id);

    // AWS tells whole seconds.
    DateTime Now() => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()).UtcDateTime;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HttpApi))]
sealed partial class HttpApiStoreJson : JsonSerializerContext;
