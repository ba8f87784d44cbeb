using Lambray.Aws;

namespace Lambray.Server.ConsoleApi;

/// <summary>What every answer to a browser carries: how it may be kept, and that nothing in it may run.</summary>
static class ConsoleAnswer
{
    /// <summary>Only a page of this origin can send it: for any other, browsers ask this server for leave first, and it gives none.</summary>
    public const string PageHeader = "X-Lambray-Console";

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

    /// <summary>Goes around every endpoint of the console API: what changes something must come from the console's own page.</summary>
    public static void Guard(EndpointBuilder endpoint)
    {
        var inner = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async http =>
        {
            if (!IsRead(http.Request) && !IsOwnPage(http.Request))
                throw new AwsException("AccessDeniedException", StatusCodes.Status403Forbidden, $"Changes are taken from the console's own page only, which sends {PageHeader}.");
            // They tell of this moment and of somebody's requests, so that no cache keeps them.
            SetHeaders(http.Response, "no-store");
            await inner(http);
            // What the generated code says of a parameter that it cannot read.
            if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false })
                throw Asked.Wrong($"A parameter in {http.Request.QueryString.Value} is missing or cannot be read.");
        };
    }

    static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    static bool IsOwnPage(HttpRequest request) =>
        request.Headers.ContainsKey(PageHeader) && (request.Headers.Origin is not [{ } origin] || origin == $"{request.Scheme}://{request.Host}");
}
