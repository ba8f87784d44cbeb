using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Functions.Registry;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Reading requests of the Lambda API and writing its answers.</summary>
static class LambdaRequest
{
    public static FunctionName FunctionNameOf(HttpContext http)
    {
        var name = Uri.UnescapeDataString((string)http.Request.RouteValues["functionName"]!);
        return FunctionName.Parse(name, http.Request.Query["Qualifier"] is [{ } qualifier] ? qualifier : null, Service<AwsHome>(http));
    }

    /// <exception cref="AwsException">InvalidRequestContentException that says where the body is no JSON of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted)
                ?? throw new JsonException("The body is null.");
        }
        catch (JsonException error)
        {
            throw new AwsException("InvalidRequestContentException", 400, $"Could not parse request body into json: {error.Message}");
        }
    }

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return http.Response.WriteAsJsonAsync(answer, type, "application/json", http.RequestAborted);
    }

    public static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();
}
