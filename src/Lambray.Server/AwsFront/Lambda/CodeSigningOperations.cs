using System.Text.Json.Serialization;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.CodeSigning;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Code signing configurations, and which functions have them.</summary>
static class CodeSigningOperations
{
    const int MaxItemsMax = 10_000;

    public static async Task CreateCodeSigningConfig(HttpContext http)
    {
        var request = await ReadAsync(http, CodeSigningWireJson.Default.CodeSigningConfigRequest);
        await WriteConfigAsync(http, await Configs(http).CreateAsync(request.ToSettings()), StatusCodes.Status201Created);
    }

    public static Task GetCodeSigningConfig(HttpContext http) => WriteConfigAsync(http, Configs(http).Get(Arn(http)));

    public static async Task UpdateCodeSigningConfig(HttpContext http)
    {
        var request = await ReadAsync(http, CodeSigningWireJson.Default.CodeSigningConfigRequest);
        await WriteConfigAsync(http, await Configs(http).UpdateAsync(Arn(http), request.ToSettings()));
    }

    public static async Task DeleteCodeSigningConfig(HttpContext http)
    {
        await Configs(http).DeleteAsync(Arn(http));
        WriteNoContent(http);
    }

    public static Task ListCodeSigningConfigs(HttpContext http)
    {
        var page = ListPage.Of(http.Request, MaxItemsMax);
        var (configs, marker) = page.Cut(Configs(http).List(page.After ?? "", page.Size + 1), config => config.Id);
        return WriteAsync(http, new ListCodeSigningConfigsResponse([.. configs.Select(ToWire)], marker), CodeSigningWireJson.Default.ListCodeSigningConfigsResponse);
    }

    public static Task ListFunctionsByCodeSigningConfig(HttpContext http)
    {
        var page = ListPage.Of(http.Request, MaxItemsMax);
        var (names, marker) = page.Cut(Configs(http).ListFunctions(Arn(http), page.After ?? "", page.Size + 1), name => name);
        return WriteAsync(http, new ListFunctionsByCodeSigningConfigResponse([.. names.Select(name => ArnOf(http, new FunctionName(name, null)))], marker),
            CodeSigningWireJson.Default.ListFunctionsByCodeSigningConfigResponse);
    }

    public static async Task PutFunctionCodeSigningConfig(HttpContext http)
    {
        var request = await ReadAsync(http, CodeSigningWireJson.Default.PutFunctionCodeSigningConfigRequest);
        var function = FunctionNameOf(http);
        await Configs(http).AttachAsync(function, request.CodeSigningConfigArn);
        await WriteFunctionConfigAsync(http, function, request.CodeSigningConfigArn);
    }

    public static Task GetFunctionCodeSigningConfig(HttpContext http)
    {
        var function = FunctionNameOf(http);
        return WriteFunctionConfigAsync(http, function, Configs(http).FindOf(function));
    }

    public static async Task DeleteFunctionCodeSigningConfig(HttpContext http)
    {
        await Configs(http).DetachAsync(FunctionNameOf(http));
        WriteNoContent(http);
    }

    // A function without one is answered with nothing at all (recorded).
    static Task WriteFunctionConfigAsync(HttpContext http, FunctionName function, string? arn) => WriteAsync(
        http, new FunctionCodeSigningConfigResponse(arn, arn is null ? null : function.Name), CodeSigningWireJson.Default.FunctionCodeSigningConfigResponse);

    static Task WriteConfigAsync(HttpContext http, CodeSigningConfig config, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, new CodeSigningConfigResponse(ToWire(config)), CodeSigningWireJson.Default.CodeSigningConfigResponse, status);

    static CodeSigningConfigWire ToWire(CodeSigningConfig config) => new(
        config.Id, config.Arn, config.Description, new AllowedPublishersWire(config.SigningProfileVersionArns),
        new CodeSigningPoliciesWire(config.UntrustedArtifactOnDeployment), Timestamp(config.LastModified));

    static CodeSigningSettings ToSettings(this CodeSigningConfigRequest request) => new(
        request.Description, request.AllowedPublishers?.SigningProfileVersionArns, request.CodeSigningPolicies?.UntrustedArtifactOnDeployment)
    {
        Tags = request.Tags,
    };

    static string Arn(HttpContext http) => PathValue(http, "codeSigningConfigArn");

    static CodeSigningConfigs Configs(HttpContext http) => Service<CodeSigningConfigs>(http);
}

/// <summary>What CreateCodeSigningConfig and UpdateCodeSigningConfig are sent.</summary>
sealed record CodeSigningConfigRequest(
    string? Description, AllowedPublishersWire? AllowedPublishers, CodeSigningPoliciesWire? CodeSigningPolicies, IReadOnlyDictionary<string, string>? Tags);

sealed record AllowedPublishersWire(IReadOnlyList<string>? SigningProfileVersionArns);

sealed record CodeSigningPoliciesWire(string? UntrustedArtifactOnDeployment);

sealed record CodeSigningConfigWire(
    string CodeSigningConfigId, string CodeSigningConfigArn, string Description, AllowedPublishersWire AllowedPublishers,
    CodeSigningPoliciesWire CodeSigningPolicies, string LastModified);

sealed record CodeSigningConfigResponse(CodeSigningConfigWire CodeSigningConfig);

sealed record ListCodeSigningConfigsResponse(IReadOnlyList<CodeSigningConfigWire> CodeSigningConfigs, string? NextMarker);

sealed record ListFunctionsByCodeSigningConfigResponse(IReadOnlyList<string> FunctionArns, string? NextMarker);

sealed record PutFunctionCodeSigningConfigRequest(string? CodeSigningConfigArn);

sealed record FunctionCodeSigningConfigResponse(string? CodeSigningConfigArn, string? FunctionName);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CodeSigningConfigRequest))]
[JsonSerializable(typeof(CodeSigningConfigResponse))]
[JsonSerializable(typeof(ListCodeSigningConfigsResponse))]
[JsonSerializable(typeof(ListFunctionsByCodeSigningConfigResponse))]
[JsonSerializable(typeof(PutFunctionCodeSigningConfigRequest))]
[JsonSerializable(typeof(FunctionCodeSigningConfigResponse))]
sealed partial class CodeSigningWireJson : JsonSerializerContext;
