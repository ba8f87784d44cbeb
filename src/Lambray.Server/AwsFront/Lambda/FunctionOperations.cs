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
        var name = FunctionName.ParseNew(request.FunctionName, Service<AwsHome>(http));
        var code = await ReadCodeAsync(http, request.Code ?? new FunctionCode());
        var created = await Functions(http).CreateAsync(name.Name, request.ToConfig(), code, request.Publish == true);
        await WriteConfigurationAsync(http, created, created.Arn, StatusCodes.Status201Created);
    }

    public static Task GetFunction(HttpContext http)
    {
        var (name, home) = (FunctionNameOf(http), Service<AwsHome>(http));
        var model = Functions(http).Get(name);
        var function = Functions(http).GetRegistered(name);
        return WriteAsync(http, new GetFunctionResponse(
            model.ToWire(ArnOf(http, name), home), new FunctionCodeLocation("S3", CodeDownload.UrlOf(http.Request, model)),
            function.Tags.IsEmpty ? null : function.Tags,
            function.ReservedConcurrency is { } reserved ? new ReservedConcurrencyWire(reserved) : null), LambdaJson.Default.GetFunctionResponse);
    }

    public static Task GetFunctionConfiguration(HttpContext http)
    {
        var name = FunctionNameOf(http);
        return WriteConfigurationAsync(http, Functions(http).Get(name), ArnOf(http, name));
    }

    public static Task ListFunctions(HttpContext http)
    {
        var page = ListPage.Of(http.Request, MaxItemsMax);
        var home = Service<AwsHome>(http);
        if (http.Request.Query["FunctionVersion"] is [{ } versions]) return ListAllVersions(http, page, versions);
        var (functions, marker) = page.Cut(Functions(http).List(page.After ?? "", page.Size + 1), function => function.Name);
        return WriteAsync(http, new ListFunctionsResponse(
            [.. functions.Select(function => function.Latest.ToListedWire(function.Latest.Arn, home))], marker), LambdaJson.Default.ListFunctionsResponse);
    }

    static Task ListAllVersions(HttpContext http, ListPage page, string versions)
    {
        if (versions != "ALL") throw Invalid(versions, "functionVersion", "Member must satisfy enum value set: [ALL]");
        var home = Service<AwsHome>(http);
        var (afterName, afterVersion) = VersionKey.Read(page.After);
        var (models, marker) = page.Cut(Functions(http).ListAllVersions(afterName, afterVersion, page.Size + 1), VersionKey.Of);
        return WriteAsync(http, new ListFunctionsResponse([.. models.Select(model => model.ToListedWire(model.QualifiedArn, home))], marker), LambdaJson.Default.ListFunctionsResponse);
    }

    public static async Task UpdateFunctionConfiguration(HttpContext http)
    {
        var request = await ReadAsync(http, LambdaJson.Default.UpdateFunctionConfigurationRequest);
        UnavailableSettings.Refuse(request);
        var updated = await Functions(http).UpdateConfigurationAsync(FunctionNameOf(http), request.ToConfig(), Revision(request.RevisionId));
        await WriteConfigurationAsync(http, updated, updated.Arn);
    }

    public static async Task UpdateFunctionCode(HttpContext http)
    {
        var request = await ReadAsync(http, LambdaJson.Default.UpdateFunctionCodeRequest);
        UnavailableSettings.Refuse(request);
        var name = FunctionNameOf(http);
        // What is refused is the function's kind, so it has to be there.
        if (request.ImageUri is not null && Functions(http).GetRegistered(name) is not null)
            throw LambdaErrors.InvalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.");
        var updated = await Functions(http).UpdateCodeAsync(
            name, await ReadCodeAsync(http, request), request.Architectures, Revision(request.RevisionId), request.DryRun == true, request.Publish == true);
        await WriteConfigurationAsync(http, updated, updated.Version == FunctionName.Latest ? updated.Arn : updated.QualifiedArn);
    }

    public static async Task DeleteFunction(HttpContext http)
    {
        await Functions(http).DeleteAsync(FunctionNameOf(http));
        WriteNoContent(http);
    }

    static Task<UploadedCode> ReadCodeAsync(HttpContext http, FunctionCode code) =>
        Service<CodeSource>(http).ReadAsync(code.ZipFile, code.S3Bucket, code.S3Key, code.S3ObjectVersion, "function code");

    static Task WriteConfigurationAsync(HttpContext http, FunctionModel model, string arn, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, model.ToWire(arn, Service<AwsHome>(http)), LambdaJson.Default.FunctionConfigurationWire, status);

    static FunctionRegistry Functions(HttpContext http) => Service<FunctionRegistry>(http);
}
