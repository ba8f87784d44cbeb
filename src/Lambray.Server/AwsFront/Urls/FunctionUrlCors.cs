using System.Globalization;
using Lambray.Functions.Registry.Urls;

namespace Lambray.Server.AwsFront.Urls;

/// <summary>Which pages may call a function's address ("Cross-origin resource sharing" of "Creating and managing Lambda function URLs").</summary>
/// <remarks>Where it is configured, it takes the place of what the function itself says.</remarks>
static class FunctionUrlCors
{
    const string Any = "*";

    /// <summary>Has the headers of the answer written, and answers by itself if the request only asks what is allowed.</summary>
    /// <returns>True when the request is answered.</returns>
    public static bool Answer(HttpContext http, Cors cors)
    {
        var (request, response) = (http.Request, http.Response);
        if (request.Headers.Origin is not [{ } origin] || !Allows(cors.AllowOrigins, origin)) return false;
        response.OnStarting(() =>
        {
            WriteHeaders(response.Headers, cors, origin);
            return Task.CompletedTask;
        });
        if (!HttpMethods.IsOptions(request.Method) || request.Headers.AccessControlRequestMethod is not [{ } method]) return false;
        if (!Allows(cors.AllowMethods, method)) return false;
        response.Headers.AccessControlAllowMethods = string.Join(',', cors.AllowMethods!);
        if (cors.AllowHeaders is { Count: > 0 } headers) response.Headers.AccessControlAllowHeaders = string.Join(',', headers);
        if (cors.MaxAge is { } seconds) response.Headers.AccessControlMaxAge = seconds.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    static void WriteHeaders(IHeaderDictionary headers, Cors cors, string origin)
    {
        // A page that sends credentials must be named, and what is answered then differs by page.
        headers.AccessControlAllowOrigin = cors.AllowOrigins!.Contains(Any) && cors.AllowCredentials != true ? Any : origin;
        headers.Vary = "Origin";
        if (cors.AllowCredentials == true) headers.AccessControlAllowCredentials = "true";
        if (cors.ExposeHeaders is { Count: > 0 } exposed) headers.AccessControlExposeHeaders = string.Join(',', exposed);
    }

    static bool Allows(IReadOnlyList<string>? allowed, string wanted) =>
        allowed?.Any(item => item == Any || item.Equals(wanted, StringComparison.OrdinalIgnoreCase)) == true;
}
