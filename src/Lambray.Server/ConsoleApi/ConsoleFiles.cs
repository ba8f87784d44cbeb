using System.Reflection;
using Lambray.Aws;
using Microsoft.AspNetCore.StaticFiles;

namespace Lambray.Server.ConsoleApi;

/// <summary>The console's built files, which travel inside the server's binary.</summary>
static class ConsoleFiles
{
    const string IndexFile = "index.html";

    // Names under assets/ carry a hash of their content; the page itself must be asked for anew.
    const string Forever = "public, max-age=31536000, immutable";
    const string Never = "no-cache";

    // Traces hold text from strangers. Nothing that they write may run, and nothing leaves this origin.
    // Cloudscape sets styles on elements, hence 'unsafe-inline' for those.
    const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

    static readonly Assembly Binary = typeof(ConsoleFiles).Assembly;
    static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public static Task Index(HttpContext http) => SendAsync(http, IndexFile, Never);

    public static Task File(HttpContext http) => SendAsync(http, (string)http.Request.RouteValues["file"]!, Forever);

    static async Task SendAsync(HttpContext http, string file, string caching)
    {
        await using var content = Binary.GetManifestResourceStream("console/" + file);
        if (content is null) throw NotThere(file);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = caching;
        http.Response.ContentType = ContentTypes.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        http.Response.ContentLength = content.Length;
        await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    static AwsException NotThere(string file) => file == IndexFile
        ? new AwsException("ConsoleNotBuilt", StatusCodes.Status503ServiceUnavailable, "This binary was built without the console: run 'npm ci' and 'npm run build' in console/, then build again.")
        : new AwsException("NotFound", StatusCodes.Status404NotFound, $"The console has no file '{file}'.");
}
