using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Lambray.Functions.ExecutionEnvironments;

namespace Lambray.Server.RuntimeApi;

/// <summary>How the Runtime API answers a runtime's reports, in its own error form.</summary>
static class RuntimeApiAnswers
{
    public static Task WriteAsync(HttpContext http, RuntimeReply reply) => reply switch
    {
        RuntimeReply.Accepted => WriteAsync(http, StatusCodes.Status202Accepted, new RuntimeStatus("OK"), RuntimeApiJson.Default.RuntimeStatus),
        RuntimeReply.InvalidRequestId => WriteErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid request ID", "InvalidRequestID"),
        RuntimeReply.InvalidInvocationId => WriteErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid invocation ID", "InvalidInvocationId"),
        RuntimeReply.TooLarge => WriteErrorAsync(
            http, StatusCodes.Status413PayloadTooLarge, $"Exceeded maximum allowed payload size ({ExecutionEnvironment.ResponseBytesMax} bytes).", "RequestEntityTooLarge"),
        _ => WriteErrorAsync(http, StatusCodes.Status403Forbidden, "State transition is not allowed", "InvalidStateTransition"),
    };

    public static Task WriteErrorAsync(HttpContext http, int status, string message, string type) =>
        WriteAsync(http, status, new RuntimeApiError(message, type), RuntimeApiJson.Default.RuntimeApiError);

    // With its length told an answer is one packet. In chunks it would be two, and every invocation would wake its runtime once more.
    static async Task WriteAsync<T>(HttpContext http, int status, T body, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json);
    }
}

sealed record RuntimeStatus([property: JsonPropertyName("status")] string Status);

sealed record RuntimeApiError([property: JsonPropertyName("errorMessage")] string ErrorMessage, [property: JsonPropertyName("errorType")] string ErrorType);

[JsonSerializable(typeof(RuntimeStatus))]
[JsonSerializable(typeof(RuntimeApiError))]
sealed partial class RuntimeApiJson : JsonSerializerContext;
