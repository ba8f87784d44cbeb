using System.Text.Json;
using Lambray.Aws;
using Lambray.Server.AwsFront.HttpEvents;

namespace Lambray.Server.AwsFront.ExecuteApi.HttpApis;

/// <summary>A request as an event of payload format 2.0 ("Create AWS Lambda proxy integrations for HTTP APIs in API Gateway").</summary>
static class EventFormat2
{
    public static byte[] Write(HttpApiCall call, AwsHome home) => EventParts.WriteObject(json =>
    {
        json.WriteString("version", "2.0");
        json.WriteString("routeKey", call.Route.RouteKey);
        WriteRequest(json, call, home);
        EventParts.WriteBody(json, call.Body, EventParts.IsText(call.Request.ContentType), isWrittenEmpty: false);
    });

    /// <summary>What a Lambda authorizer is asked.</summary>
    public static byte[] WriteAuthorizerRequest(HttpApiCall call, IReadOnlyList<string> identity, AwsHome home) => EventParts.WriteObject(json =>
    {
        json.WriteString("version", "2.0");
        json.WriteString("type", "REQUEST");
        json.WriteString("routeArn", call.InvokedArn(home));
        json.WriteStartArray("identitySource");
        foreach (var source in identity) json.WriteStringValue(source);
        json.WriteEndArray();
        json.WriteString("routeKey", call.Route.RouteKey);
        WriteRequest(json, call, home);
    });

    static void WriteRequest(Utf8JsonWriter json, HttpApiCall call, AwsHome home)
    {
        var request = call.Request;
        json.WriteString("rawPath", call.Path);
        json.WriteString("rawQueryString", request.QueryString.HasValue ? request.QueryString.Value![1..] : "");
        EventParts.WriteCookies(json, request);
        EventParts.WriteHeaders(json, request, call.Trace);
        EventParts.WriteQuery(json, request);
        WriteContext(json, call, home);
        EventParts.WriteMap(json, "pathParameters", call.Parameters, isWrittenEmpty: false);
        EventParts.WriteMap(json, "stageVariables", call.Stage.StageVariables, isWrittenEmpty: false);
    }

    static void WriteContext(Utf8JsonWriter json, HttpApiCall call, AwsHome home)
    {
        var request = call.Request;
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", home.AccountId);
        json.WriteString("apiId", call.Api.ApiId);
        if (call.Caller is { } caller)
        {
            json.WriteStartObject("authorizer");
            json.WritePropertyName(caller.Kind);
            if (caller.Context is { } context) context.WriteTo(json);
            else json.WriteNullValue();
            json.WriteEndObject();
        }
        json.WriteString("domainName", request.Host.Host);
        json.WriteString("domainPrefix", call.Api.ApiId);
        json.WriteStartObject("http");
        json.WriteString("method", request.Method);
        json.WriteString("path", call.Path);
        json.WriteString("protocol", request.Protocol);
        json.WriteString("sourceIp", EventParts.SourceIp(request));
        json.WriteString("userAgent", request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("requestId", call.RequestId);
        json.WriteString("routeKey", call.Route.RouteKey);
        json.WriteString("stage", call.Stage.StageName);
        EventParts.WriteTimes(json, "time", "timeEpoch", call.Received);
        json.WriteEndObject();
    }
}
