using System.Reflection;
using Lambray.Aws;
using Microsoft.AspNetCore.StaticFiles;

namespace Lambray.Server.ConsoleApi;

/// <summary>The console's built files, which travel inside the server's binary: each plain, and compressed where that makes it smaller.</summary>
static class ConsoleFiles
{
    const string IndexFile = "index.html";

    // Names under assets/ carry a hash of their content; the page itself must be asked for anew.
    const string Forever = "public, max-age=31536000, immutable";
    const string Never = "no-cache";

    // The smallest first. Browsers ask for brotli only on this machine or over TLS.
    static readonly (string Coding, string Suffix)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    static readonly Assembly Binary = typeof(ConsoleFiles).Assembly;
    static readonly FileExtensionContentTypeProvider ContentTypes = new();

    public static Task Index(HttpContext http) => SendAsync(http, IndexFile);

    public static Task File(HttpContext http) => SendAsync(http, (string)http.Request.RouteValues["file"]!);

    static async Task SendAsync(HttpContext http, string file)
    {
        var (content, coding) = Open(file, http.Request);
        await using (content)
        {
            var response = http.Response;
            ConsoleAnswer.SetHeaders(response, file.StartsWith("assets/", StringComparison.Ordinal) ? Forever : Never);
            response.Headers.Vary = "Accept-Encoding";
            response.Headers.ContentEncoding = coding;
            response.ContentType = ContentTypes.TryGetContentType(file, out var type) ? type : "application/octet-stream";
            response.ContentLength = content.Length;
            await content.CopyToAsync(response.Body, http.RequestAborted);
        }
    }

    static (Stream Content, string? Coding) Open(string file, HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (coding, suffix) in Codings)
        {
            var isAccepted = accepted.Any(one => one.Value.Equals(coding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
            if (isAccepted && Find(file + suffix) is { } compressed) return (compressed, coding);
        }
        return (Find(file) ?? throw NotThere(file), null);
    }

    static Stream? Find(string file) => Binary.GetManifestResourceStream("console/" + file);

    static AwsException NotThere(string file) => file == IndexFile
        ? new AwsException("ConsoleNotBuilt", StatusCodes.Status503ServiceUnavailable, "This binary was built without the console: run 'npm ci' and 'npm run build' in console/, then build again.")
        : new AwsException("NotFound", StatusCodes.Status404NotFound, $"The console has no file '{file}'.");
}
