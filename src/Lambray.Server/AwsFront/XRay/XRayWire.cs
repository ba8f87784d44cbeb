using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.XRay;

/// <summary>Reads and writes the JSON bodies of the X-Ray API.</summary>
static class XRayWire
{
    public static AwsException InvalidRequest(string message) => new("InvalidRequestException", StatusCodes.Status400BadRequest, message);

    public static T Required<T>(T? value, string field) where T : class => value ?? throw InvalidRequest($"{field} is required.");

    public static DateTimeOffset Required(WireTimestamp? value, string field) => value?.Time ?? throw InvalidRequest($"{field} is required.");

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

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, answer, type, http.RequestAborted);
    }
}
