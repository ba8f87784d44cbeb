using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Reading requests of the Lambda API and writing its answers.</summary>
static class LambdaRequest
{
    const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'";

    public static FunctionName FunctionNameOf(HttpContext http)
    {
        var name = Uri.UnescapeDataString((string)http.Request.RouteValues["functionName"]!);
        return FunctionName.Parse(name, http.Request.Query["Qualifier"] is [{ } qualifier] ? qualifier : null, Service<AwsHome>(http));
    }

    /// <exception cref="AwsException">The body is too large, or (InvalidRequestContentException, which says where) no JSON of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
    {
        if (http.Request.ContentLength > LambdaEndpoints.RequestBytesMax) throw TooLarge(http);
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LambdaEndpoints.RequestBytesMax;
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted)
                ?? throw new JsonException("The body is null.");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(http);
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

    /// <summary>A time as the Lambda API writes it, in answers that spell it out.</summary>
    public static string Timestamp(DateTimeOffset at) => at.UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture);

    public static AwsException Invalid(string value, string member, string constraint) => new(
        "ValidationException", 400, $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    public static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    static AwsException TooLarge(HttpContext http) => new(
        "RequestEntityTooLargeException", StatusCodes.Status413PayloadTooLarge,
        $"Request must be smaller than {LambdaEndpoints.RequestBytesMax} bytes for the {LambdaOperations.FindName(http.Request.Method, http.Request.Path.Value!)} operation");
}
