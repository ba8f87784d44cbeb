using System.Text.Json.Serialization;
using Lambray.Functions.Registry;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Recursive loops and runtime updates.</summary>
static class RuleOperations
{
    public static async Task PutFunctionRecursionConfig(HttpContext http)
    {
        var request = await ReadAsync(http, RuleJson.Default.RecursionConfigWire);
        await WriteRecursionAsync(http, await Rules(http).PutRecursiveLoopAsync(FunctionNameOf(http), request.RecursiveLoop));
    }

    public static Task GetFunctionRecursionConfig(HttpContext http) => WriteRecursionAsync(http, Rules(http).GetRecursiveLoop(FunctionNameOf(http)));

    public static async Task PutRuntimeManagementConfig(HttpContext http)
    {
        var request = await ReadAsync(http, RuleJson.Default.RuntimeManagementRequest);
        var function = FunctionNameOf(http);
        await WriteRuntimeAsync(http, function, await Rules(http).PutRuntimeUpdateAsync(function, request.UpdateRuntimeOn, request.RuntimeVersionArn));
    }

    public static Task GetRuntimeManagementConfig(HttpContext http)
    {
        var function = FunctionNameOf(http);
        return WriteRuntimeAsync(http, function, Rules(http).GetRuntimeUpdate(function));
    }

    static Task WriteRecursionAsync(HttpContext http, RecursiveLoop recursiveLoop) =>
        WriteAsync(http, new RecursionConfigWire(recursiveLoop.ToString()), RuleJson.Default.RecursionConfigWire);

    static Task WriteRuntimeAsync(HttpContext http, FunctionName function, RuntimeUpdate update) => WriteAsync(http, new RuntimeManagementWire(
        update.UpdateRuntimeOn, ArnOf(http, function with { Qualifier = function.Qualifier ?? FunctionName.Latest }), update.RuntimeVersionArn),
        RuleJson.Default.RuntimeManagementWire);

    static FunctionRules Rules(HttpContext http) => Service<FunctionRules>(http);
}

sealed record RecursionConfigWire(string? RecursiveLoop);

sealed record RuntimeManagementRequest(string? UpdateRuntimeOn, string? RuntimeVersionArn);

sealed record RuntimeManagementWire(string UpdateRuntimeOn, string FunctionArn, string? RuntimeVersionArn);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecursionConfigWire))]
[JsonSerializable(typeof(RuntimeManagementRequest))]
[JsonSerializable(typeof(RuntimeManagementWire))]
sealed partial class RuleJson : JsonSerializerContext;
