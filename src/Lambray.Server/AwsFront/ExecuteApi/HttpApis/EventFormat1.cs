using System.Text.Json;
using Lambray.Aws;
using Lambray.Server.AwsFront.HttpEvents;
using Route = Lambray.Resources.ApiGateway.HttpApis.Route;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>A request as an event of payload format 1.0, close to that of REST APIs.</summary>
static class EventFormat1
{
    // What an HTTP API knows nothing of.
    static readonly string[] UnknownOfCaller =
        ["accessKey", "accountId", "caller", "cognitoAmr", "cognitoAuthenticationProvider", "cognitoAuthenticationType", "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId"];

    public static byte[] Write(HttpApiCall call, AwsHome home) => EventParts.WriteObject(json =>
    {
        json.WriteString("version", "1.0");
        WriteRequest(json, call, home);
        EventParts.WriteBody(json, call.Body, EventParts.IsText(call.Request.ContentType), isWrittenEmpty: true);
    });

    /// <summary>What a Lambda authorizer is asked.</summary>
    public static byte[] WriteAuthorizerRequest(HttpApiCall call, IReadOnlyList<string> identity, AwsHome home) => EventParts.WriteObject(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteString("type", "REQUEST");
        json.WriteString("methodArn", call.InvokedArn(home));
        json.WriteString("identitySource", string.Join(',', identity));
        json.WriteString("authorizationToken", string.Join(',', identity));
        WriteRequest(json, call, home);
    });

    static void WriteRequest(Utf8JsonWriter json, HttpApiCall call, AwsHome home)
    {
        json.WriteString("resource", ResourceOf(call));
        json.WriteString("path", call.Path);
        json.WriteString("httpMethod", call.Request.Method);
        EventParts.WriteSingleAndMultiHeaders(json, call.Request, call.Trace);
        EventParts.WriteSingleAndMultiQuery(json, call.Request);
        WriteContext(json, call, home);
        EventParts.WriteMap(json, "pathParameters", call.Parameters, isWrittenEmpty: true);
        EventParts.WriteMap(json, "stageVariables", call.Stage.StageVariables, isWrittenEmpty: true);
    }

    static void WriteContext(Utf8JsonWriter json, HttpApiCall call, AwsHome home)
    {
        var request = call.Request;
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", home.AccountId);
        json.WriteString("apiId", call.Api.ApiId);
        if (call.Caller is { } caller) WriteAuthorizer(json, caller);
        json.WriteString("domainName", request.Host.Host);
        json.WriteString("domainPrefix", call.Api.ApiId);
        json.WriteString("extendedRequestId", call.RequestId);
        json.WriteString("httpMethod", request.Method);
        json.WriteStartObject("identity");
        foreach (var unknown in UnknownOfCaller) json.WriteNull(unknown);
        json.WriteString("sourceIp", EventParts.SourceIp(request));
        json.WriteNull("user");
        json.WriteString("userAgent", request.Headers.UserAgent.ToString());
        json.WriteNull("userArn");
        json.WriteEndObject();
        json.WriteString("path", call.Path);
        json.WriteString("protocol", request.Protocol);
        json.WriteString("requestId", call.RequestId);
        EventParts.WriteTimes(json, "requestTime", "requestTimeEpoch", call.Received);
        json.WriteString("resourceId", call.Route.RouteKey);
        json.WriteString("resourcePath", ResourceOf(call));
        json.WriteString("stage", call.Stage.StageName);
        json.WriteEndObject();
    }

    // What an authorizer said stands here by itself, without a name above it.
    static void WriteAuthorizer(Utf8JsonWriter json, AuthorizedCaller caller)
    {
        json.WriteStartObject("authorizer");
        if (caller.PrincipalId is { } principal) json.WriteString("principalId", principal);
        if (caller.Context is { ValueKind: JsonValueKind.Object } context)
            foreach (var property in context.EnumerateObject())
                if (property.Name != "principalId") property.WriteTo(json);
        json.WriteEndObject();
    }

    static string ResourceOf(HttpApiCall call) => call.Route.RouteKey == Route.Default ? Route.Default : call.Route.RouteKey![call.Route.RouteKey!.IndexOf('/', StringComparison.Ordinal)..];
}
