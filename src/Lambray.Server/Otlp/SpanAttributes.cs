using System.Text.Json;
using Lambray.Tracing.Segments;

namespace Lambray.Server.Otlp;

/// <summary>What a segment or subsegment tells of itself, as attributes of a span.</summary>
static class SpanAttributes
{
    public static void Write(Utf8JsonWriter json, SegmentEntity entity)
    {
        json.WriteStartObject("attributes");
        WriteHttp(json, entity.Http);
        if ((entity as Segment)?.User is { } user) json.WriteString("enduser.id", user);
        if ((entity as Subsegment)?.Namespace is { } where) json.WriteString("aws.xray.namespace", where);
        if (entity.Error) json.WriteBoolean("aws.xray.error", true);
        if (entity.Throttle) json.WriteBoolean("aws.xray.throttle", true);
        if (entity.Fault) json.WriteBoolean("aws.xray.fault", true);
        WriteBlock(json, "aws.", entity.Aws);
        WriteBlock(json, "db.", entity.Sql);
        WriteBlock(json, "aws.xray.metadata.", entity.Metadata);
        WriteAnnotations(json, entity.Annotations);
        json.WriteEndObject();
    }

    static void WriteHttp(Utf8JsonWriter json, HttpCall? http)
    {
        if (http?.Request?.Method is { } method) json.WriteString("http.request.method", method);
        if (http?.Request?.Url is { } url) json.WriteString("url.full", url);
        if (http?.Request?.UserAgent is { } agent) json.WriteString("user_agent.original", agent);
        if (http?.Request?.ClientIp is { } client) json.WriteString("client.address", client);
        if (http?.Response?.Status is { } status) json.WriteNumber("http.response.status_code", status);
        if (http?.Response?.ContentLength is { } length) json.WriteNumber("http.response.body.size", length);
    }

    static void WriteBlock(Utf8JsonWriter json, string prefix, JsonElement? block)
    {
        if (block is not { ValueKind: JsonValueKind.Object } fields) return;
        foreach (var field in fields.EnumerateObject())
        {
            json.WritePropertyName(prefix + field.Name);
            field.Value.WriteTo(json);
        }
    }

    // The list of their keys tells annotations from other attributes: these are indexed.
    static void WriteAnnotations(Utf8JsonWriter json, IReadOnlyDictionary<string, AnnotationValue> annotations)
    {
        if (annotations.Count == 0) return;
        json.WriteStartArray("aws.xray.annotations");
        foreach (var key in annotations.Keys) json.WriteStringValue(key);
        json.WriteEndArray();
        foreach (var (key, value) in annotations)
        {
            if (value.Number is { } number) json.WriteNumber(key, number);
            else if (value.Flag is { } flag) json.WriteBoolean(key, flag);
            else json.WriteString(key, value.Text);
        }
    }
}
