using System.Globalization;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Layers;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The control plane of layers.</summary>
static class LayerOperations
{
    const int MaxItemsMax = 50;

    public static async Task PublishLayerVersion(HttpContext http)
    {
        var request = await ReadAsync(http, LayerJson.Default.PublishLayerVersionRequest);
        var content = request.Content ?? new LayerContentRequest(null, null, null, null);
        var zip = await Service<CodeSource>(http).ReadAsync(content.ZipFile, content.S3Bucket, content.S3Key, content.S3ObjectVersion, "layer content");
        var config = new LayerConfig(request.Description, request.LicenseInfo, request.CompatibleRuntimes, request.CompatibleArchitectures);
        await WriteVersionAsync(http, await Layers(http).PublishAsync(Name(http), config, zip), StatusCodes.Status201Created);
    }

    public static Task GetLayerVersion(HttpContext http) => WriteVersionAsync(http, Layers(http).Get(Name(http), Version(http)));

    /// <summary>Also GetLayerVersionByArn, which only its query tells apart.</summary>
    public static Task ListLayers(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["find"] == "LayerVersion") return WriteVersionAsync(http, Layers(http).GetByArn(query["Arn"].ToString()));
        var page = ListPage.Of(http.Request, MaxItemsMax);
        var (runtime, architecture) = Filter(http);
        var latest = Layers(http).ListNames(page.After ?? "")
            .Select(name => Layers(http).ListVersions(name).FirstOrDefault(version => version.Suits(runtime, architecture))).OfType<LayerVersion>();
        var (layers, marker) = page.Take(latest, version => version.Name);
        return WriteAsync(http, new ListLayersResponse(
            [.. layers.Select(version => new ListedLayerWire(version.Name, version.LayerArn, ToListedWire(version)))], marker), LayerJson.Default.ListLayersResponse);
    }

    public static Task ListLayerVersions(HttpContext http)
    {
        var (runtime, architecture) = Filter(http);
        var matching = Layers(http).ListVersions(Name(http)).Where(version => version.Suits(runtime, architecture));
        var (versions, marker) = ListPage.Of(http.Request, MaxItemsMax).Take(matching, NewestFirst);
        return WriteAsync(http, new ListLayerVersionsResponse([.. versions.Select(ToListedWire)], marker), LayerJson.Default.ListLayerVersionsResponse);
    }

    public static async Task DeleteLayerVersion(HttpContext http)
    {
        await Layers(http).DeleteAsync(Name(http), Version(http));
        WriteNoContent(http);
    }

    static (string? Runtime, string? Architecture) Filter(HttpContext http)
    {
        var query = http.Request.Query;
        var (runtime, architecture) = ((string?)query["CompatibleRuntime"], (string?)query["CompatibleArchitecture"]);
        LayerValidation.CheckFilter(runtime, architecture);
        return (runtime, architecture);
    }

    // A key whose order is that of the list: the higher the version, the lower.
    static string NewestFirst(LayerVersion version) => (long.MaxValue - version.Version).ToString("D19", CultureInfo.InvariantCulture);

    static Task WriteVersionAsync(HttpContext http, LayerVersion version, int status = StatusCodes.Status200OK) => WriteAsync(http, new LayerVersionWire(
        new LayerContentWire(CodeDownload.UrlOf(http.Request, version), version.Content.Sha256, version.Content.Size), version.LayerArn, version.Arn,
        version.Description, Timestamp(version.Created), version.Version, version.CompatibleRuntimes, version.LicenseInfo, version.CompatibleArchitectures),
        LayerJson.Default.LayerVersionWire, status);

    static ListedLayerVersionWire ToListedWire(LayerVersion version) => new(
        version.Arn, version.Version, version.Description, Timestamp(version.Created), version.CompatibleRuntimes, version.LicenseInfo,
        version.CompatibleArchitectures);

    public static (string Name, long Version) LayerVersionOf(HttpContext http) => (Name(http), Version(http));

    static string Name(HttpContext http) => PathValue(http, "layerName");

    static long Version(HttpContext http)
    {
        var text = (string)http.Request.RouteValues["version"]!;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw Invalid(text, "versionNumber", "Member must be a number");
    }

    static LayerRegistry Layers(HttpContext http) => Service<LayerRegistry>(http);
}
