using System.IO.Compression;
using System.Reflection;
using Lambray.Aws;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Lambray.Server.ConsoleApi;

/// <summary>The console's built files, which travel inside the server's binary, scripts and style sheets compressed.</summary>
static class ConsoleFiles
{
    const string IndexFile = "index.html";
    const string Gzip = "gzip";

    // Names under assets/ carry a hash of their content; the page itself must be asked for anew.
    const string HashedFolder = "assets/";
    const string Forever = "public, max-age=31536000, immutable";
    const string Never = "no-cache";

    // Traces hold text from strangers. Nothing that they write may run, and nothing leaves this origin.
    // Cloudscape sets styles on elements, hence 'unsafe-inline' for those.
    const string ContentSecurityPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

    static readonly Assembly Binary = typeof(ConsoleFiles).Assembly;
    static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public static Task Index(HttpContext http) => SendAsync(http, IndexFile);

    public static Task File(HttpContext http) => SendAsync(http, http.Request.RouteValues["file"] as string ?? IndexFile);

    static async Task SendAsync(HttpContext http, string file)
    {
        var plain = Open(file);
        await using var content = plain ?? Open(file + ".gz") ?? throw NotThere(file);
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = file.StartsWith(HashedFolder, StringComparison.Ordinal) ? Forever : Never;
        http.Response.ContentType = ContentTypes.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        if (plain is null) await SendCompressedAsync(http, content);
        else await SendAsIsAsync(http, content);
    }

    static async Task SendCompressedAsync(HttpContext http, Stream content)
    {
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (TakesGzip(http.Request))
        {
            http.Response.Headers.ContentEncoding = Gzip;
            await SendAsIsAsync(http, content);
            return;
        }
        await using var decompressed = new GZipStream(content, CompressionMode.Decompress);
        await decompressed.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    static Task SendAsIsAsync(HttpContext http, Stream content)
    {
        http.Response.ContentLength = content.Length;
        return content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && encoding.Quality != 0);

    static Stream? Open(string file) => Binary.GetManifestResourceStream("console/" + file);

    static AwsException NotThere(string file) => file == IndexFile
        ? new AwsException("ConsoleNotBuilt", StatusCodes.Status503ServiceUnavailable, "This binary was built without the console: run 'npm ci' and 'npm run build' in console/, then build again.")
        : new AwsException("NotFound", StatusCodes.Status404NotFound, $"The console has no file '{file}'.");
}
