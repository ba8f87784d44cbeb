using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Writes the <c>http</c> block.</summary>
static class HttpWriter
{
    public static void Write(Utf8JsonWriter json, HttpCall http)
    {
        json.WriteStartObject("http");
        if (http.Request is { } request) WriteRequest(json, request);
        if (http.Response is { } response) WriteResponse(json, response);
        json.WriteEndObject();
    }

    static void WriteRequest(Utf8JsonWriter json, HttpRequestPart request)
    {
        json.WriteStartObject("request");
        if (request.Url is { } url) json.WriteString("url", url);
        if (request.Method is { } method) json.WriteString("method", method);
        if (request.UserAgent is { } agent) json.WriteString("user_agent", agent);
        if (request.ClientIp is { } address) json.WriteString("client_ip", address);
        if (request.XForwardedFor is { } forwarded) json.WriteBoolean("x_forwarded_for", forwarded);
        if (request.Traced is { } traced) json.WriteBoolean("traced", traced);
        json.WriteEndObject();
    }

    static void WriteResponse(Utf8JsonWriter json, HttpResponsePart response)
    {
        json.WriteStartObject("response");
        if (response.Status is { } status) json.WriteNumber("status", status);
        if (response.ContentLength is { } length) json.WriteNumber("content_length", length);
        json.WriteEndObject();
    }
}
