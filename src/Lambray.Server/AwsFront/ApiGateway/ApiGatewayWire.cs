using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Resources.ApiGateway;

namespace Lambray.Server.AwsFront.ApiGateway;

/// <summary>Reads requests of API Gateway's API and writes its answers.</summary>
static class ApiGatewayWire
{
    /// <exception cref="AwsException">BadRequestException for what is no JSON of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException error)
        {
            throw ApiGatewayErrors.BadRequest($"Invalid request body: {error.Message}");
        }
    }

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return http.Response.WriteAsJsonAsync(answer, type, "application/json", http.RequestAborted);
    }

    public static Task WriteNothingAsync(HttpContext http, int status = StatusCodes.Status204NoContent)
    {
        http.Response.StatusCode = status;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return Task.CompletedTask;
    }

    /// <summary>A part of the path, as its sender meant it.</summary>
    public static string PathValue(HttpContext http, string name) => Uri.UnescapeDataString((string)http.Request.RouteValues[name]!);

    /// <summary>The host name under which an API is reached: all names under .localhost mean this machine.</summary>
    public static string AuthorityOf(HttpContext http, string apiId)
    {
        var host = string.Create(CultureInfo.InvariantCulture, $"{apiId}.execute-api.{Service<AwsHome>(http).Region}.localhost");
        return http.Request.Host.Port is { } port ? $"{host}:{port}" : host;
    }

    public static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();
}
