using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.HttpApis;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;

namespace Lambray.Server.AwsFront.ApiGateway.HttpApis;

/// <summary>HTTP APIs themselves.</summary>
static class ApiOperations
{
    const string Apis = "/v2/apis";
    const string Api = Apis + "/{apiId}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Apis, CreateApi);
        routes.MapGet(Apis, GetApis);
        routes.MapGet(Api, GetApi);
        routes.MapPatch(Api, UpdateApi);
        routes.MapDelete(Api, DeleteApi);
        routes.MapDelete(Api + "/cors", DeleteCorsConfiguration);
    }

    static async Task CreateApi(HttpContext http)
    {
        var asked = await ReadAsync(http, HttpApiJson.Default.ApiRequest);
        if (asked.RouteKey is not null && asked.Target is null) throw ApiGatewayErrors.BadRequest("A target is required with a route key");
        var api = await Directory(http).CreateAsync(asked.ToSettings(), asked.CorsConfiguration, asked.Tags, asked.Target, asked.RouteKey, asked.CredentialsArn);
        await WriteAsync(http, ToWire(http, api), HttpApiJson.Default.ApiWire, StatusCodes.Status201Created);
    }

    static Task GetApis(HttpContext http) => WriteAsync(
        http, ItemPage<ApiWire>.Of(http.Request, Directory(http).All.Select(api => KeyValuePair.Create(api.ApiId, ToWire(http, api)))), HttpApiJson.Default.ItemPageApiWire);

    static Task GetApi(HttpContext http) => WriteAsync(http, ToWire(http, Directory(http).Get(PathValue(http, "apiId"))), HttpApiJson.Default.ApiWire);

    static async Task UpdateApi(HttpContext http)
    {
        var asked = await ReadAsync(http, HttpApiJson.Default.ApiRequest);
        await WriteAsync(http, ToWire(http, await Directory(http).UpdateAsync(PathValue(http, "apiId"), asked.ToSettings(), asked.CorsConfiguration)), HttpApiJson.Default.ApiWire);
    }

    static async Task DeleteApi(HttpContext http)
    {
        await Directory(http).DeleteAsync(PathValue(http, "apiId"));
        await WriteNothingAsync(http);
    }

    static async Task DeleteCorsConfiguration(HttpContext http)
    {
        await Directory(http).ConfigureAsync(PathValue(http, "apiId"), api => api with { Configuration = api.Configuration with { Cors = null } });
        await WriteNothingAsync(http);
    }

    static ApiWire ToWire(HttpContext http, HttpApi api)
    {
        var settings = api.Settings;
        return new ApiWire(api.ApiId, $"{http.Request.Scheme}://{AuthorityOf(http, api.ApiId)}", settings.Name!, settings.ProtocolType!, api.CreatedDate)
        {
            Description = settings.Description,
            Version = settings.Version,
            ApiKeySelectionExpression = settings.ApiKeySelectionExpression,
            RouteSelectionExpression = settings.RouteSelectionExpression,
            DisableExecuteApiEndpoint = settings.DisableExecuteApiEndpoint,
            IpAddressType = settings.IpAddressType,
            CorsConfiguration = api.Configuration.Cors,
            Tags = api.Tags,
        };
    }

    static HttpApiDirectory Directory(HttpContext http) => Service<HttpApiDirectory>(http);
}

/// <summary>Of CreateApi and UpdateApi.</summary>
sealed record ApiRequest(string? Target, string? RouteKey, string? CredentialsArn, CorsConfiguration? CorsConfiguration, IReadOnlyDictionary<string, string>? Tags)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Version { get; init; }

    public string? ProtocolType { get; init; }

    public string? ApiKeySelectionExpression { get; init; }

    public string? RouteSelectionExpression { get; init; }

    public bool? DisableExecuteApiEndpoint { get; init; }

    public string? IpAddressType { get; init; }

    public ApiSettings ToSettings() => new()
    {
        Name = Name,
        Description = Description,
        Version = Version,
        ProtocolType = ProtocolType,
        ApiKeySelectionExpression = ApiKeySelectionExpression,
        RouteSelectionExpression = RouteSelectionExpression,
        DisableExecuteApiEndpoint = DisableExecuteApiEndpoint,
        IpAddressType = IpAddressType,
    };
}

sealed record ApiWire(string ApiId, string ApiEndpoint, string Name, string ProtocolType, DateTime CreatedDate)
{
    public string? Description { get; init; }

    public string? Version { get; init; }

    public string? ApiKeySelectionExpression { get; init; }

    public string? RouteSelectionExpression { get; init; }

    public bool? DisableExecuteApiEndpoint { get; init; }

    public string? IpAddressType { get; init; }

    public CorsConfiguration? CorsConfiguration { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
