using System.Globalization;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Layers;
using Lambray.Server.AwsFront.Authentication;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Where <c>Location</c> of a function's code and a layer's content points: the zip as it was uploaded.</summary>
static class CodeDownload
{
    const string FunctionPath = ServiceDispatch.ConsolePrefix + "/code";
    const string LayerPath = ServiceDispatch.ConsolePrefix + "/layers";

    public static string UrlOf(HttpRequest request, FunctionModel model) => UrlOf(request, $"{FunctionPath}/{model.Name}/{model.Version}");

    public static string UrlOf(HttpRequest request, LayerVersion version) =>
        UrlOf(request, $"{LayerPath}/{version.Name}/{version.Version.ToString(CultureInfo.InvariantCulture)}");

    public static void MapCodeDownload(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(FunctionPath + "/{functionName}/{version}", DownloadFunction);
        routes.MapGet(LayerPath + "/{layerName}/{version:long}", DownloadLayer);
    }

    static async Task DownloadFunction(HttpContext http)
    {
        var functions = http.RequestServices.GetRequiredService<FunctionRegistry>();
        var values = http.Request.RouteValues;
        await using var zip = functions.OpenCode(functions.Get(new FunctionName((string)values["functionName"]!, (string)values["version"]!)));
        await SendAsync(http, zip);
    }

    static async Task DownloadLayer(HttpContext http)
    {
        var layers = http.RequestServices.GetRequiredService<LayerRegistry>();
        var version = long.Parse((string)http.Request.RouteValues["version"]!, CultureInfo.InvariantCulture);
        await using var zip = layers.OpenContent(layers.Get((string)http.Request.RouteValues["layerName"]!, version));
        await SendAsync(http, zip);
    }

    // Where nobody has to sign, the address alone is enough.
    static string UrlOf(HttpRequest request, string path) =>
        $"{request.Scheme}://{request.Host}{path}{request.HttpContext.RequestServices.GetService<DownloadLinks>()?.Sign(path)}";

    static async Task SendAsync(HttpContext http, Stream zip)
    {
        http.Response.ContentType = "application/zip";
        http.Response.ContentLength = zip.Length;
        await zip.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
