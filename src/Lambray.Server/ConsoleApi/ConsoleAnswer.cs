using System.Text.Json.Serialization.Metadata;

namespace Lambray.Server.ConsoleApi;

/// <summary>What every answer to a browser carries: how it may be kept, and that nothing in it may run.</summary>
static class ConsoleAnswer
{
    // Traces hold text from strangers. Nothing that they write may run, and nothing leaves this origin.
    // Cloudscape sets styles on elements, hence 'unsafe-inline' for those.
    const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void SetHeaders(HttpResponse response, string caching)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = caching;
    }

    /// <summary>Writes an answer of the console API. It tells of this moment and of somebody's requests, so that no cache keeps it.</summary>
    public static Task WriteAsync<T>(HttpContext http, T body, JsonTypeInfo<T> type)
    {
        SetHeaders(http.Response, "no-store");
        return http.Response.WriteAsJsonAsync(body, type, cancellationToken: http.RequestAborted);
    }
}
