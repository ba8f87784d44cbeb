using Lambray.Aws;
using Lambray.Resources.ApiGateway;
using Lambray.Resources.ApiGateway.RestApis;
using static Lambray.Server.AwsFront.ApiGateway.ApiGatewayWire;

namespace Lambray.Server.AwsFront.ApiGateway.RestApis;

/// <summary>The methods of resources, what answers them, and the responses of both.</summary>
static class RestMethodOperations
{
    const string Method = "/restapis/{apiId}/resources/{resourceId}/methods/{httpMethod}";
    const string MethodResponse = Method + "/responses/{statusCode}";
    const string Integration = Method + "/integration";
    const string IntegrationResponse = Integration + "/responses/{statusCode}";

    const int TimeoutDefault = 29_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut(Method, PutMethod);
        routes.MapGet(Method, GetMethod);
        routes.MapPatch(Method, UpdateMethod);
        routes.MapDelete(Method, DeleteMethod);

        routes.MapPut(MethodResponse, PutMethodResponse);
        routes.MapGet(MethodResponse, http => WriteAsync(http, FindResponse(Find(http).MethodResponses, http), RestApiJson.Default.MethodResponse));
        routes.MapDelete(MethodResponse, DeleteMethodResponse);

        routes.MapPut(Integration, PutIntegration);
        routes.MapGet(Integration, http => WriteAsync(http, IntegrationOf(Find(http)), RestApiJson.Default.RestIntegration));
        routes.MapPatch(Integration, UpdateIntegration);
        routes.MapDelete(Integration, DeleteIntegration);

        routes.MapPut(IntegrationResponse, PutIntegrationResponse);
        routes.MapGet(IntegrationResponse, http => WriteAsync(http, FindResponse(IntegrationOf(Find(http)).IntegrationResponses, http), RestApiJson.Default.IntegrationResponse));
        routes.MapDelete(IntegrationResponse, DeleteIntegrationResponse);
    }

    static async Task PutMethod(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.RestMethod);
        var name = PathValue(http, "httpMethod");
        if (name is not ("ANY" or "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS")) throw ApiGatewayErrors.BadRequest("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
        var api = await ChangeAsync(http, (api, resource) =>
        {
            if (resource.Methods.ContainsKey(name)) throw ApiGatewayErrors.Conflict("Method already exists for this resource");
            return Checked(api, asked with { HttpMethod = name, ApiKeyRequired = asked.ApiKeyRequired ?? false });
        });
        await WriteAsync(http, Find(http, api), RestApiJson.Default.RestMethod, StatusCodes.Status201Created);
    }

    static Task GetMethod(HttpContext http) => WriteAsync(http, Find(http), RestApiJson.Default.RestMethod);

    static async Task UpdateMethod(HttpContext http)
    {
        var patches = await ReadAsync(http, RestApiJson.Default.PatchRequest);
        var api = await ChangeAsync(http, (api, _) => Checked(api, MemberPatches.Apply(Find(http, api), RestApiJson.Default.RestMethod, patches.PatchOperations)));
        await WriteAsync(http, Find(http, api), RestApiJson.Default.RestMethod);
    }

    static async Task DeleteMethod(HttpContext http)
    {
        await Directory(http).ChangeAsync(PathValue(http, "apiId"), api =>
        {
            var resource = api.Resource(PathValue(http, "resourceId"));
            return api.With(resource with { Methods = resource.Methods.Remove(Find(http, api).HttpMethod!) });
        });
        await WriteNothingAsync(http);
    }

    static async Task PutMethodResponse(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.MethodResponse) with { StatusCode = PathValue(http, "statusCode") };
        await ChangeAsync(http, method => method with { MethodResponses = With(method.MethodResponses, asked.StatusCode!, asked) });
        await WriteAsync(http, asked, RestApiJson.Default.MethodResponse, StatusCodes.Status201Created);
    }

    static async Task DeleteMethodResponse(HttpContext http)
    {
        await ChangeAsync(http, method =>
        {
            FindResponse(method.MethodResponses, http);
            return method with { MethodResponses = Without(method.MethodResponses!, http) };
        });
        await WriteNothingAsync(http);
    }

    static async Task PutIntegration(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.RestIntegration);
        var api = await ChangeAsync(http, method => method with
        {
            MethodIntegration = Checked(asked with
            {
                PassthroughBehavior = asked.PassthroughBehavior ?? "WHEN_NO_MATCH",
                TimeoutInMillis = asked.TimeoutInMillis ?? TimeoutDefault,
                CacheNamespace = asked.CacheNamespace ?? PathValue(http, "resourceId"),
                CacheKeyParameters = asked.CacheKeyParameters ?? [],
                IntegrationResponses = method.MethodIntegration?.IntegrationResponses,
            }),
        });
        await WriteAsync(http, IntegrationOf(Find(http, api)), RestApiJson.Default.RestIntegration, StatusCodes.Status201Created);
    }

    static async Task UpdateIntegration(HttpContext http)
    {
        var patches = await ReadAsync(http, RestApiJson.Default.PatchRequest);
        var api = await ChangeAsync(http, method => method with
        {
            MethodIntegration = Checked(MemberPatches.Apply(IntegrationOf(method), RestApiJson.Default.RestIntegration, patches.PatchOperations)),
        });
        await WriteAsync(http, IntegrationOf(Find(http, api)), RestApiJson.Default.RestIntegration);
    }

    static async Task DeleteIntegration(HttpContext http)
    {
        await ChangeAsync(http, method =>
        {
            IntegrationOf(method);
            return method with { MethodIntegration = null };
        });
        await WriteNothingAsync(http);
    }

    static async Task PutIntegrationResponse(HttpContext http)
    {
        var asked = await ReadAsync(http, RestApiJson.Default.IntegrationResponse) with { StatusCode = PathValue(http, "statusCode") };
        await ChangeAsync(http, method =>
        {
            FindResponse(method.MethodResponses, http);
            var integration = IntegrationOf(method);
            return method with { MethodIntegration = integration with { IntegrationResponses = With(integration.IntegrationResponses, asked.StatusCode!, asked) } };
        });
        await WriteAsync(http, asked, RestApiJson.Default.IntegrationResponse, StatusCodes.Status201Created);
    }

    static async Task DeleteIntegrationResponse(HttpContext http)
    {
        await ChangeAsync(http, method =>
        {
            var integration = IntegrationOf(method);
            FindResponse(integration.IntegrationResponses, http);
            return method with { MethodIntegration = integration with { IntegrationResponses = Without(integration.IntegrationResponses!, http) } };
        });
        await WriteNothingAsync(http);
    }

    static RestMethod Checked(RestApi api, RestMethod method) => method.AuthorizationType switch
    {
        "NONE" or "AWS_IAM" => method,
        "CUSTOM" or "COGNITO_USER_POOLS" when method.AuthorizerId is { } id && api.Authorizers.ContainsKey(id) => method,
        "CUSTOM" or "COGNITO_USER_POOLS" => throw ApiGatewayErrors.BadRequest("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer."),
        _ => throw ApiGatewayErrors.BadRequest("Invalid authorization type specified"),
    };

    static RestIntegration Checked(RestIntegration integration)
    {
        if (integration.Type is not ("AWS_PROXY" or "HTTP_PROXY" or "MOCK" or "AWS" or "HTTP")) throw ApiGatewayErrors.BadRequest("Invalid integration type specified");
        if (integration.ConnectionType == "VPC_LINK") throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, "VPC links are not available on this server.");
        if (integration.Type != "MOCK" && integration.HttpMethod is null) throw ApiGatewayErrors.BadRequest("Enumeration value for HttpMethod must be non-empty");
        if (integration.Type == "AWS_PROXY" && FunctionUri.Find(integration.Uri) is null) throw ApiGatewayErrors.BadRequest("Invalid ARN specified in the request");
        if (integration.Type is "HTTP_PROXY" or "HTTP" && integration.Uri?.StartsWith("http", StringComparison.Ordinal) != true) throw ApiGatewayErrors.BadRequest("Invalid HTTP endpoint specified for URI");
        if (integration.TimeoutInMillis is < 50 or > TimeoutDefault) throw ApiGatewayErrors.BadRequest("Timeout should be between 50 ms and 29000 ms");
        return integration;
    }

    static Task<RestApi> ChangeAsync(HttpContext http, Func<RestMethod, RestMethod> change) => ChangeAsync(http, (api, _) => change(Find(http, api)));

    static Task<RestApi> ChangeAsync(HttpContext http, Func<RestApi, RestResource, RestMethod> change) => Directory(http).ChangeAsync(PathValue(http, "apiId"), api =>
        api.With(PathValue(http, "resourceId"), change(api, api.Resource(PathValue(http, "resourceId")))));

    static RestMethod Find(HttpContext http, RestApi? api = null) =>
        (api ?? Directory(http).Get(PathValue(http, "apiId"))).Method(PathValue(http, "resourceId"), PathValue(http, "httpMethod"));

    static RestIntegration IntegrationOf(RestMethod method) => method.MethodIntegration ?? throw RestApiErrors.NotFound("Integration");

    static T FindResponse<T>(IReadOnlyDictionary<string, T>? responses, HttpContext http) where T : class =>
        responses?.GetValueOrDefault(PathValue(http, "statusCode")) ?? throw RestApiErrors.NotFound("Response status code");

    static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T>? responses, string status, T response) =>
        new(responses ?? new Dictionary<string, T>()) { [status] = response };

    static Dictionary<string, T> Without<T>(IReadOnlyDictionary<string, T> responses, HttpContext http) =>
        responses.Where(response => response.Key != PathValue(http, "statusCode")).ToDictionary();

    static RestApiDirectory Directory(HttpContext http) => Service<RestApiDirectory>(http);
}
