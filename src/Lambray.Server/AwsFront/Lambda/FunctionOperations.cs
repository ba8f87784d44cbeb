using Lambray.Aws;
using Lambray.Functions.Registry;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>The control plane of functions.</summary>
static class FunctionOperations
{
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
        var page = ListPage.Of(http.Request, MaxItemsMax);
        var (models, marker) = page.Take(Functions(http).List(), model => model.Name);
        var home = Service<AwsHome>(http);
        return WriteAsync(http, new ListFunctionsResponse(
            [.. models.Select(model => model.ToListedWire(home))], marker), LambdaJson.Default.ListFunctionsResponse);
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
}
