using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.TraceStore;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>Reads and writes the JSON bodies of the X-Ray API.</summary>
static class XRayWire
{
    public static AwsException InvalidRequest(string message) => XRayErrors.InvalidRequest(message);

    public static T Required<T>(T? value, string field) where T : class => value ?? throw InvalidRequest($"{field} is required.");

    /// <summary>The range that most reads ask for.</summary>
    public static TraceTimeRange Range(WireTimestamp? startTime, WireTimestamp? endTime)
    {
        var start = startTime?.Time ?? throw InvalidRequest("StartTime is required.");
        var end = endTime?.Time ?? throw InvalidRequest("EndTime is required.");
        return start <= end ? new TraceTimeRange(start, end) : throw InvalidRequest("StartTime is after EndTime.");
    }

    /// <summary>The body; an empty one, which the .NET SDK sends where it has nothing to say, counts as <c>{}</c>.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type) where T : class
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var bytes = body.Length == 0 ? "{}"u8 : body.GetBuffer().AsSpan(0, (int)body.Length);
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw InvalidRequest("The body is null where an object was expected.");
        }
        catch (JsonException error)
        {
            throw InvalidRequest($"The body is not what was expected: {error.Message}");
        }
    }

    /// <summary>An error with the name of what it is about, where X-Ray tells it.</summary>
    public static Task WriteErrorAsync(HttpContext http, AwsException error) => JsonErrors.WriteAsync(http, error, body =>
    {
        body.WriteString("message", error.Message);
        if (error.Resource is { } resource) body.WriteString("ResourceName", resource);
    });

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, answer, type, http.RequestAborted);
    }
}
