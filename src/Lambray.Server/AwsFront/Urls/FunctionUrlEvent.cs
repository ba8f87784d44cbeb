using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Registry.Urls;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.HttpEvents;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>An HTTP request as an event: the payload format 2.0 of API Gateway's HTTP APIs, which function URLs share.</summary>
static class FunctionUrlEvent
{
    const string Default = "$default";

    public static byte[] Write(
        HttpRequest request, string rawPath, FunctionUrl url, AwsCall call, CallerIdentity caller, TraceHeader trace, ReadOnlyMemory<byte> body, DateTimeOffset received, AwsHome home)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            json.WriteString("routeKey", Default);
            json.WriteString("rawPath", rawPath);
            json.WriteString("rawQueryString", request.QueryString.HasValue ? request.QueryString.Value![1..] : "");
            EventParts.WriteCookies(json, request);
            EventParts.WriteHeaders(json, request, trace);
            EventParts.WriteQuery(json, request);
            WriteContext(json, request, rawPath, url, call, caller, received, home);
            EventParts.WriteBody(json, body, EventParts.IsText(request.ContentType), isWrittenEmpty: false);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    static void WriteContext(Utf8JsonWriter json, HttpRequest request, string path, FunctionUrl url, AwsCall call, CallerIdentity caller, DateTimeOffset received, AwsHome home)
    {
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", call.Scope is null ? "anonymous" : home.AccountId);
        json.WriteString("apiId", url.Id);
        if (url.AuthType == "AWS_IAM") WriteAuthorizer(json, call, caller);
        json.WriteString("domainName", request.Host.Host);
        json.WriteString("domainPrefix", url.Id);
        json.WriteStartObject("http");
        json.WriteString("method", request.Method);
        json.WriteString("path", path);
        json.WriteString("protocol", request.Protocol);
        json.WriteString("sourceIp", EventParts.SourceIp(request));
        json.WriteString("userAgent", request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("requestId", call.RequestId);
        json.WriteString("routeKey", Default);
        json.WriteString("stage", Default);
        EventParts.WriteTimes(json, "time", "timeEpoch", received);
        json.WriteEndObject();
    }

    static void WriteAuthorizer(Utf8JsonWriter json, AwsCall call, CallerIdentity caller)
    {
        json.WriteStartObject("authorizer");
        json.WriteStartObject("iam");
        json.WriteString("accessKey", call.Scope?.AccessKeyId);
        json.WriteString("accountId", caller.AccountId);
        json.WriteString("callerId", caller.UserId);
        json.WriteNull("cognitoIdentity");
        json.WriteNull("principalOrgId");
        json.WriteString("userArn", caller.Arn.ToString());
        json.WriteString("userId", caller.UserId);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
