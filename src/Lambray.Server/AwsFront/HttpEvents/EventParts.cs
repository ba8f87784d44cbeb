using System.Globalization;
using System.Text;
using System.Text.Json;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.HttpEvents;

/// <summary>The parts that the events of function URLs and of API Gateway have in common, written from an HTTP request.</summary>
static class EventParts
{
    public const string TimeFormat = "dd/MMM/yyyy:HH:mm:ss +0000";

    /// <summary>An object of JSON as bytes.</summary>
    public static byte[] WriteObject(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    /// <summary>The time of a request as access logs write it, and in milliseconds.</summary>
    public static void WriteTimes(Utf8JsonWriter json, string textName, string numberName, DateTimeOffset received)
    {
        json.WriteString(textName, received.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        json.WriteNumber(numberName, received.ToUnixTimeMilliseconds());
    }

    public static IReadOnlyList<string> CookiesOf(HttpRequest request) =>
        [.. request.Headers.Cookie.SelectMany(line => line!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Only where there are any.</summary>
    public static void WriteCookies(Utf8JsonWriter json, HttpRequest request)
    {
        var cookies = CookiesOf(request);
        if (cookies.Count == 0) return;
        json.WriteStartArray("cookies");
        foreach (var cookie in cookies) json.WriteStringValue(cookie);
        json.WriteEndArray();
    }

    /// <summary>Format 2.0: names in lower case, values of the same name in one string, no cookies; and what the front in AWS adds.</summary>
    public static void WriteHeaders(Utf8JsonWriter json, HttpRequest request, TraceHeader trace)
    {
        json.WriteStartObject("headers");
        foreach (var (name, values) in HeadersOf(request, trace))
            if (name != "cookie") json.WriteString(name, string.Join(',', values));
        json.WriteEndObject();
    }

    /// <summary>Format 1.0: the last value of each header, then all of them.</summary>
    public static void WriteSingleAndMultiHeaders(Utf8JsonWriter json, HttpRequest request, TraceHeader trace) =>
        WriteSingleAndMulti(json, "headers", "multiValueHeaders", [.. HeadersOf(request, trace)]);

    /// <summary>REST APIs: the same, with names as they came.</summary>
    public static void WriteHeadersAsSent(Utf8JsonWriter json, HttpRequest request, TraceHeader trace) =>
        WriteSingleAndMulti(json, "headers", "multiValueHeaders", [.. HeadersAsSent(request, trace)]);

    /// <summary>Format 2.0: only where there is a query.</summary>
    public static void WriteQuery(Utf8JsonWriter json, HttpRequest request)
    {
        if (request.Query.Count == 0) return;
        json.WriteStartObject("queryStringParameters");
        foreach (var (name, values) in request.Query) json.WriteString(name, string.Join(',', values.ToArray()));
        json.WriteEndObject();
    }

    /// <summary>Format 1.0: null where there is no query.</summary>
    public static void WriteSingleAndMultiQuery(Utf8JsonWriter json, HttpRequest request) => WriteSingleAndMulti(
        json, "queryStringParameters", "multiValueQueryStringParameters", [.. request.Query.Select(pair => (pair.Key, pair.Value.OfType<string>().ToArray()))]);

    /// <summary>A map of texts; null or nothing at all where it is empty.</summary>
    public static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string>? map, bool isWrittenEmpty)
    {
        if (map is not { Count: > 0 })
        {
            if (isWrittenEmpty) json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        foreach (var (key, value) in map) json.WriteString(key, value);
        json.WriteEndObject();
    }

    /// <param name="isWrittenEmpty">Whether a request without body has a <c>body</c> of null.</param>
    public static void WriteBody(Utf8JsonWriter json, ReadOnlyMemory<byte> body, bool isText, bool isWrittenEmpty)
    {
        if (body.IsEmpty)
        {
            if (isWrittenEmpty) json.WriteNull("body");
        }
        else if (isText) json.WriteString("body", Encoding.UTF8.GetString(body.Span));
        else json.WriteBase64String("body", body.Span);
        json.WriteBoolean("isBase64Encoded", !body.IsEmpty && !isText);
    }

    /// <summary>Everything else, forms included, comes as base64.</summary>
    public static bool IsText(string? contentType)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        return type is "application/json" or "application/javascript" or "application/xml"
            || type is not null && (type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal));
    }

    public static string SourceIp(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "127.0.0.1";

    static IEnumerable<(string Name, string[] Values)> HeadersOf(HttpRequest request, TraceHeader trace) =>
        HeadersAsSent(request, trace).Select(header => (header.Name.ToLowerInvariant(), header.Values));

    static IEnumerable<(string Name, string[] Values)> HeadersAsSent(HttpRequest request, TraceHeader trace)
    {
        foreach (var (name, values) in request.Headers)
            if (!name.Equals(TraceHeader.Name, StringComparison.OrdinalIgnoreCase)) yield return (name, values.OfType<string>().ToArray());
        yield return (TraceHeader.Name, [trace.ToString()]);
        yield return ("X-Forwarded-For", [SourceIp(request)]);
        yield return ("X-Forwarded-Port", [(request.Host.Port ?? request.HttpContext.Connection.LocalPort).ToString(CultureInfo.InvariantCulture)]);
        yield return ("X-Forwarded-Proto", [request.Scheme]);
    }

    static void WriteSingleAndMulti(Utf8JsonWriter json, string single, string multi, IReadOnlyList<(string Name, string[] Values)> pairs)
    {
        if (pairs.Count == 0)
        {
            json.WriteNull(single);
            json.WriteNull(multi);
            return;
        }
        json.WriteStartObject(single);
        foreach (var (name, values) in pairs) json.WriteString(name, values.LastOrDefault() ?? "");
        json.WriteEndObject();
        json.WriteStartObject(multi);
        foreach (var (name, values) in pairs)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
