using Lambray.Functions.Registry;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Where GetFunction's <c>Code.Location</c> points: the zip as it was uploaded.</summary>
static class CodeDownload
{
    const string Path = ServiceDispatch.ConsolePrefix + "/code";

    public static string UrlOf(HttpRequest request, FunctionModel model) => $"{request.Scheme}://{request.Host}{Path}/{model.Name}";

    public static void MapCodeDownload(this IEndpointRouteBuilder routes) => routes.MapGet(Path + "/{functionName}", Download);

    static async Task Download(HttpContext http)
    {
        var functions = http.RequestServices.GetRequiredService<FunctionRegistry>();
        var name = (string)http.Request.RouteValues["functionName"]!;
        var model = functions.Get(new FunctionName(name, null));
        await using var zip = functions.OpenCode(model);
        http.Response.ContentType = "application/zip";
        http.Response.ContentLength = zip.Length;
        await zip.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
