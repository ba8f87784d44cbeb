using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;

namespace Lambray.Server.AwsFront;

/// <summary>Reads and writes the bodies of services of the JSON 1.1 protocol, CloudWatch Logs and EventBridge: an error names its type.</summary>
static class AwsJson
{
    public const string ContentType = "application/x-amz-json-1.1";

    /// <exception cref="AwsException">SerializationException for what is no JSON of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException error)
        {
            throw new AwsException("SerializationException", 400, error.Message);
        }
    }

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return http.Response.WriteAsJsonAsync(answer, type, ContentType, http.RequestAborted);
    }

    /// <summary>The answer of operations that have nothing to say.</summary>
    public static Task WriteNothingAsync(HttpContext http)
    {
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    public static Task WriteErrorAsync(HttpContext http, AwsException error) => JsonErrors.WriteAsync(http, error, body =>
    {
        body.WriteString("__type", error.Code);
        body.WriteString("message", error.Message);
    });

    public static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();
}
