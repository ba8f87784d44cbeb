using System.Globalization;
using System.Text;
using Lambray.Aws;
using Lambray.Functions.Registry;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The control plane of functions.</summary>
static class FunctionOperations
{
    // ListFunctions answers with at most 50, whatever MaxItems asks for.
    const int PageMax = 50;
    const int MaxItemsMax = 10_000;

    public static async Task CreateFunction(HttpContext http)
    {
        var request = await ReadAsync(http, LambdaJson.Default.CreateFunctionRequest);
        UnavailableSettings.Refuse(request);
        UnavailableSettings.Refuse(request.Code);
        UnavailableSettings.RefusePublish(request.Publish);
        UnavailableSettings.Refuse("PackageType Image", request.PackageType is not (null or "Zip"));
        UnavailableSettings.Refuse("CodeSigningConfigArn", request.CodeSigningConfigArn is not null);
        var name = FunctionName.ParseNew(request.FunctionName, Service<AwsHome>(http));
        if (request.Code?.ZipFile is not { } zip) throw LambdaErrors.InvalidParameter("Please provide a source for function code.");
        await WriteConfigurationAsync(http, await Functions(http).CreateAsync(name.Name, request.ToConfig(), zip), StatusCodes.Status201Created);
    }

    public static Task GetFunction(HttpContext http)
    {
        var model = Functions(http).Get(FunctionNameOf(http));
        var location = CodeDownload.UrlOf(http.Request, model);
        return WriteAsync(http, new GetFunctionResponse(
            model.ToWire(Service<AwsHome>(http)), new FunctionCodeLocation("S3", location), model.Tags.Count > 0 ? model.Tags : null),
            LambdaJson.Default.GetFunctionResponse);
    }

    public static Task GetFunctionConfiguration(HttpContext http) => WriteConfigurationAsync(http, Functions(http).Get(FunctionNameOf(http)));

    public static Task ListFunctions(HttpContext http)
    {
        var after = http.Request.Query["Marker"] is [{ } marker] ? ReadMarker(marker) : null;
        var size = PageSize(http.Request.Query["MaxItems"]);
        var rest = Functions(http).List().Where(model => after is null || string.CompareOrdinal(model.Name, after) > 0).Take(size + 1).ToArray();
        var home = Service<AwsHome>(http);
        return WriteAsync(http, new ListFunctionsResponse(
            [.. rest.Take(size).Select(model => model.ToListedWire(home))], rest.Length > size ? WriteMarker(rest[size - 1].Name) : null),
            LambdaJson.Default.ListFunctionsResponse);
    }

    public static async Task UpdateFunctionConfiguration(HttpContext http)
    {
        var request = await ReadAsync(http, LambdaJson.Default.UpdateFunctionConfigurationRequest);
        UnavailableSettings.Refuse(request);
        await WriteConfigurationAsync(http, await Functions(http).UpdateConfigurationAsync(FunctionNameOf(http), request.ToConfig(), Revision(request.RevisionId)));
    }

    public static async Task UpdateFunctionCode(HttpContext http)
    {
        var request = await ReadAsync(http, LambdaJson.Default.UpdateFunctionCodeRequest);
        UnavailableSettings.Refuse(request);
        UnavailableSettings.RefusePublish(request.Publish);
        if (request.ZipFile is not { } zip) throw LambdaErrors.InvalidParameter("Please provide a source for function code.");
        await WriteConfigurationAsync(http, await Functions(http).UpdateCodeAsync(FunctionNameOf(http), zip, Revision(request.RevisionId), request.DryRun == true));
    }

    public static async Task DeleteFunction(HttpContext http)
    {
        await Functions(http).DeleteAsync(FunctionNameOf(http));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers[JsonErrors.RequestIdHeader] = AwsCall.Of(http).RequestId;
    }

    static Task WriteConfigurationAsync(HttpContext http, FunctionModel model, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, model.ToWire(Service<AwsHome>(http)), LambdaJson.Default.FunctionConfigurationWire, status);

    static FunctionRegistry Functions(HttpContext http) => Service<FunctionRegistry>(http);

    // A revision id that is none can match no function's.
    static Guid? Revision(string? revisionId) => revisionId is null ? null : Guid.TryParse(revisionId, out var revision) ? revision : Guid.Empty;

    static int PageSize(string? maxItems)
    {
        if (maxItems is null) return PageMax;
        if (!int.TryParse(maxItems, CultureInfo.InvariantCulture, out var size)) throw Invalid(maxItems, "maxItems", "Member must be an integer");
        if (size < 1) throw Invalid(maxItems, "maxItems", "Member must have value greater than or equal to 1");
        if (size > MaxItemsMax) throw Invalid(maxItems, "maxItems", $"Member must have value less than or equal to {MaxItemsMax}");
        return Math.Min(size, PageMax);
    }

    static string WriteMarker(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    static string ReadMarker(string marker)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(marker));
        }
        catch (FormatException)
        {
            throw LambdaErrors.InvalidParameter("Invalid Marker: it must be the NextMarker of an earlier answer.");
        }
    }
}
