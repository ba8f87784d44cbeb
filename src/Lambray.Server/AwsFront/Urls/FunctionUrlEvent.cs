using System.Globalization;
using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Functions.Registry.Urls;
using Lambray.Resources.Iam;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>An HTTP request as an event: the payload format 2.0 of API Gateway's HTTP APIs, which function URLs share.</summary>
static class FunctionUrlEvent
{
    const string Default = "$default";
    const string TimeFormat = "dd/MMM/yyyy:HH:mm:ss +0000";

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
            WriteCookies(json, request);
            WriteHeaders(json, request, trace);
            WriteQuery(json, request);
            WriteContext(json, request, rawPath, url, call, caller, received, home);
            WriteBody(json, request, body);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    static void WriteCookies(Utf8JsonWriter json, HttpRequest request)
    {
        var cookies = request.Headers.Cookie.SelectMany(line => line!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        if (cookies.Length == 0) return;
        json.WriteStartArray("cookies");
        foreach (var cookie in cookies) json.WriteStringValue(cookie);
        json.WriteEndArray();
    }

    // Names in lower case, values of the same name in one string; and what the front in AWS adds.
    static void WriteHeaders(Utf8JsonWriter json, HttpRequest request, TraceHeader trace)
    {
        json.WriteStartObject("headers");
        foreach (var (name, values) in request.Headers)
        {
            if (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || name.Equals(TraceHeader.Name, StringComparison.OrdinalIgnoreCase)) continue;
            json.WriteString(name.ToLowerInvariant(), string.Join(',', values.ToArray()));
        }
        json.WriteString("x-amzn-trace-id", trace.ToString());
        json.WriteString("x-forwarded-for", SourceIp(request));
        json.WriteString("x-forwarded-port", (request.Host.Port ?? request.HttpContext.Connection.LocalPort).ToString(CultureInfo.InvariantCulture));
        json.WriteString("x-forwarded-proto", request.Scheme);
        json.WriteEndObject();
    }

    static void WriteQuery(Utf8JsonWriter json, HttpRequest request)
    {
        if (request.Query.Count == 0) return;
        json.WriteStartObject("queryStringParameters");
        foreach (var (name, values) in request.Query) json.WriteString(name, string.Join(',', values.ToArray()));
        json.WriteEndObject();
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
        json.WriteString("sourceIp", SourceIp(request));
        json.WriteString("userAgent", request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("requestId", call.RequestId);
        json.WriteString("routeKey", Default);
        json.WriteString("stage", Default);
        json.WriteString("time", received.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        json.WriteNumber("timeEpoch", received.ToUnixTimeMilliseconds());
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

    static void WriteBody(Utf8JsonWriter json, HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var isText = IsText(request.ContentType);
        if (!body.IsEmpty)
        {
            if (isText) json.WriteString("body", Encoding.UTF8.GetString(body.Span));
            else json.WriteBase64String("body", body.Span);
        }
        json.WriteBoolean("isBase64Encoded", !body.IsEmpty && !isText);
    }

    // Everything else, forms included, comes as base64.
    static bool IsText(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        return type is "application/json" or "application/javascript" or "application/xml"
            || type is not null && (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal));
    }

    static string SourceIp(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "127.0.0.1";
}
