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

    public static FunctionName FunctionNameOf(HttpContext http) => FunctionName.Parse(
        PathValue(http, "functionName"), http.Request.Query["Qualifier"] is [{ } qualifier] ? qualifier : null, Service<AwsHome>(http));

    /// <exception cref="AwsException">The body is too large, or (InvalidRequestContentException, which says where) no JSON of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
    {
        if (http.Request.ContentLength > LambdaEndpoints.RequestBytesMax) throw TooLarge(http);
        // A body whose signature was verified has been read already.
        if (http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound) bound.MaxRequestBodySize = LambdaEndpoints.RequestBytesMax;
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

    /// <summary>As <see cref="ReadAsync"/>, where a request may come without a body.</summary>
    public static async Task<T?> ReadOptionalAsync<T>(HttpContext http, JsonTypeInfo<T> type) where T : class =>
        http.Request.ContentLength is null or 0 && !http.Request.Headers.ContainsKey("Transfer-Encoding") ? null : await ReadAsync(http, type);

    public static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
        return http.Response.WriteAsJsonAsync(answer, type, "application/json", http.RequestAborted);
    }

    /// <summary>Answers 204, as deletions and tags do.</summary>
    public static void WriteNoContent(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
    }

    /// <summary>A revision that a caller expects; one that is no revision at all can match no function's.</summary>
    public static Guid? Revision(string? revisionId) => revisionId is null ? null : Guid.TryParse(revisionId, out var revision) ? revision : Guid.Empty;

    /// <summary>A part of the path, as its sender meant it.</summary>
    public static string PathValue(HttpContext http, string name) => Uri.UnescapeDataString((string)http.Request.RouteValues[name]!);

    /// <summary>The ARN that a function was named by: with a qualifier, if the request had one.</summary>
    public static string ArnOf(HttpContext http, FunctionName name) => name.Arn(Service<AwsHome>(http)).ToString();

    /// <summary>A time as the Lambda API writes it, in answers that spell it out.</summary>
    public static string Timestamp(DateTimeOffset at) => at.UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture);

    public static AwsException Invalid(string value, string member, string constraint) => new(
        "ValidationException", 400, $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");

    public static T Service<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();

    static AwsException TooLarge(HttpContext http) => new(
        "RequestEntityTooLargeException", StatusCodes.Status413PayloadTooLarge,
        $"Request must be smaller than {LambdaEndpoints.RequestBytesMax} bytes for the {LambdaOperations.FindName(http.Request.Method, http.Request.Path.Value!)} operation");
}
