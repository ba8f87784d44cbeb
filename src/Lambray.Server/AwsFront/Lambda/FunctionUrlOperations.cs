using System.Globalization;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Urls;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The HTTP addresses of functions.</summary>
static class FunctionUrlOperations
{
    const int MaxItemsMax = 50;

    public static async Task CreateFunctionUrlConfig(HttpContext http)
    {
        var request = await ReadAsync(http, FunctionUrlJson.Default.FunctionUrlRequest);
        var function = FunctionNameOf(http);
        var url = await Urls(http).CreateAsync(function, request.ToSettings());
        // As recorded: what was not asked for is not told.
        await WriteUrlAsync(http, ToWire(http, function, url) with { InvokeMode = request.InvokeMode, LastModifiedTime = null }, StatusCodes.Status201Created);
    }

    public static Task GetFunctionUrlConfig(HttpContext http)
    {
        var function = FunctionNameOf(http);
        return WriteUrlAsync(http, ToWire(http, function, Urls(http).Get(function)));
    }

    public static Task ListFunctionUrlConfigs(HttpContext http)
    {
        var (urls, marker) = ListPage.Of(http.Request, MaxItemsMax).Take(Urls(http).List(FunctionNameOf(http)), url => url.Function.Qualifier ?? FunctionName.Latest);
        return WriteAsync(http, new ListFunctionUrlsResponse([.. urls.Select(url => ToWire(http, url.Function, url.Url))], marker), FunctionUrlJson.Default.ListFunctionUrlsResponse);
    }

    public static async Task UpdateFunctionUrlConfig(HttpContext http)
    {
        var request = await ReadAsync(http, FunctionUrlJson.Default.FunctionUrlRequest);
        var function = FunctionNameOf(http);
        await WriteUrlAsync(http, ToWire(http, function, await Urls(http).UpdateAsync(function, request.ToSettings())) with { InvokeMode = request.InvokeMode });
    }

    public static async Task DeleteFunctionUrlConfig(HttpContext http)
    {
        await Urls(http).DeleteAsync(FunctionNameOf(http));
        WriteNoContent(http);
    }

    static FunctionUrlWire ToWire(HttpContext http, FunctionName function, FunctionUrl url) => new(
        AddressOf(http, url), ArnOf(http, function), url.AuthType, url.Cors is { } cors
            ? new CorsWire(cors.AllowCredentials, cors.AllowHeaders, cors.AllowMethods, cors.AllowOrigins, cors.ExposeHeaders, cors.MaxAge)
            : null,
        UrlTimestamp(url.Created), UrlTimestamp(url.LastModified), url.InvokeMode);

    // All names under .localhost mean this machine, so that the address works without any name server.
    static string AddressOf(HttpContext http, FunctionUrl url)
    {
        var host = string.Create(CultureInfo.InvariantCulture, $"{url.Id}.lambda-url.{Service<AwsHome>(http).Region}.localhost");
        return http.Request.Host.Port is { } port ? $"{http.Request.Scheme}://{host}:{port}/" : $"{http.Request.Scheme}://{host}/";
    }

    // Not the API's usual form: Z instead of an offset, and nanoseconds.
    static string UrlTimestamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);

    static FunctionUrlSettings ToSettings(this FunctionUrlRequest request) => new(request.AuthType, request.InvokeMode, request.Cors is { } cors
        ? new Cors(cors.AllowCredentials, cors.AllowHeaders, cors.AllowMethods, cors.AllowOrigins, cors.ExposeHeaders, cors.MaxAge)
        : null);

    static Task WriteUrlAsync(HttpContext http, FunctionUrlWire url, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, url, FunctionUrlJson.Default.FunctionUrlWire, status);

    static FunctionUrls Urls(HttpContext http) => Service<FunctionUrls>(http);
}

sealed record FunctionUrlRequest(string? AuthType, string? InvokeMode, CorsWire? Cors);

sealed record FunctionUrlWire(
    string FunctionUrl, string FunctionArn, string AuthType, CorsWire? Cors, string CreationTime, string? LastModifiedTime, string? InvokeMode);

sealed record CorsWire(
    bool? AllowCredentials, IReadOnlyList<string>? AllowHeaders, IReadOnlyList<string>? AllowMethods, IReadOnlyList<string>? AllowOrigins,
    IReadOnlyList<string>? ExposeHeaders, int? MaxAge);

sealed record ListFunctionUrlsResponse(IReadOnlyList<FunctionUrlWire> FunctionUrlConfigs, string? NextMarker);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionUrlRequest))]
[JsonSerializable(typeof(FunctionUrlWire))]
[JsonSerializable(typeof(ListFunctionUrlsResponse))]
sealed partial class FunctionUrlJson : JsonSerializerContext;
