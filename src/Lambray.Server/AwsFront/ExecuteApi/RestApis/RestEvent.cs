using System.Text.Json;
using Lambray.Aws;
using Lambray.Server.AwsFront.HttpEvents;

namespace Lambray.Server.AwsFront.ExecuteApi.RestApis;

/// <summary>A request as an event of a REST API ("Lambda proxy integrations in API Gateway").</summary>
static class RestEvent
{
    static readonly string[] UnknownOfCaller =
        ["cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "principalOrgId", "accessKey", "cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "user"];

    public static byte[] Write(RestApiCall call, AwsHome home) => EventParts.WriteObject(json =>
    {
        WriteRequest(json, call, home);
        EventParts.WriteBody(json, call.Body, isText: !call.IsBinary(call.Request.ContentType), isWrittenEmpty: true);
    });

    /// <summary>What an authorizer is asked that looks at the whole request.</summary>
    public static byte[] WriteAuthorizerRequest(RestApiCall call, AwsHome home) => EventParts.WriteObject(json =>
    {
        json.WriteString("type", "REQUEST");
        json.WriteString("methodArn", call.MethodArn(home).ToString());
        WriteRequest(json, call, home);
    });

    /// <summary>What an authorizer is asked that looks at one token.</summary>
    public static byte[] WriteTokenRequest(RestApiCall call, string token, AwsHome home) => EventParts.WriteObject(json =>
    {
        json.WriteString("type", "TOKEN");
        json.WriteString("methodArn", call.MethodArn(home).ToString());
        json.WriteString("authorizationToken", token);
    });

    static void WriteRequest(Utf8JsonWriter json, RestApiCall call, AwsHome home)
    {
        json.WriteString("resource", call.Resource.Path);
        json.WriteString("path", Uri.UnescapeDataString(call.Path));
        json.WriteString("httpMethod", call.Request.Method);
        EventParts.WriteHeadersAsSent(json, call.Request, call.Trace);
        EventParts.WriteSingleAndMultiQuery(json, call.Request);
        EventParts.WriteMap(json, "pathParameters", call.Parameters, isWrittenEmpty: true);
        EventParts.WriteMap(json, "stageVariables", call.Stage.Variables, isWrittenEmpty: true);
        WriteContext(json, call, home);
    }

    static void WriteContext(Utf8JsonWriter json, RestApiCall call, AwsHome home)
    {
        var request = call.Request;
        json.WriteStartObject("requestContext");
        json.WriteString("resourceId", call.Resource.Id);
        if (call.Caller is { } caller) WriteAuthorizer(json, caller);
        json.WriteString("resourcePath", call.Resource.Path);
        json.WriteString("httpMethod", request.Method);
        json.WriteString("extendedRequestId", call.ExtendedId);
        EventParts.WriteTimes(json, "requestTime", "requestTimeEpoch", call.Received);
        json.WriteString("path", $"/{call.Stage.StageName}{Uri.UnescapeDataString(call.Path)}");
        json.WriteString("accountId", home.AccountId);
        json.WriteString("protocol", request.Protocol);
        json.WriteString("stage", call.Stage.StageName);
        json.WriteString("domainPrefix", call.Api.Id);
        json.WriteString("requestId", call.RequestId);
        json.WriteStartObject("identity");
        foreach (var unknown in UnknownOfCaller) json.WriteNull(unknown);
        json.WriteString("sourceIp", EventParts.SourceIp(request));
        json.WriteString("userAgent", request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("domainName", request.Host.Host);
        json.WriteString("deploymentId", call.Stage.DeploymentId);
        json.WriteString("apiId", call.Api.Id);
        json.WriteEndObject();
    }

    // Whatever an authorizer said comes as text.
    static void WriteAuthorizer(Utf8JsonWriter json, AuthorizedCaller caller)
    {
        json.WriteStartObject("authorizer");
        if (caller.PrincipalId is { } principal) json.WriteString("principalId", principal);
        if (caller.Context is { ValueKind: JsonValueKind.Object } context)
            foreach (var property in context.EnumerateObject())
                if (property.Name != "principalId") json.WriteString(property.Name, property.Value.ToString());
        json.WriteEndObject();
    }
}
