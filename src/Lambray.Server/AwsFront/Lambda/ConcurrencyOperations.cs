using System.Text.Json.Serialization;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Concurrency;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>Reserved and provisioned concurrency.</summary>
static class ConcurrencyOperations
{
    const int MaxItemsMax = 50;

    public static async Task PutFunctionConcurrency(HttpContext http)
    {
        var request = await ReadAsync(http, ConcurrencyJson.Default.PutFunctionConcurrencyRequest);
        await Service<ConcurrencyReservations>(http).ReserveAsync(FunctionNameOf(http), request.ReservedConcurrentExecutions);
        await WriteAsync(http, new FunctionConcurrencyResponse(request.ReservedConcurrentExecutions), ConcurrencyJson.Default.FunctionConcurrencyResponse);
    }

    public static Task GetFunctionConcurrency(HttpContext http)
    {
        var function = Service<FunctionRegistry>(http).GetRegistered(FunctionNameOf(http));
        return WriteAsync(http, new FunctionConcurrencyResponse(function.ReservedConcurrency), ConcurrencyJson.Default.FunctionConcurrencyResponse);
    }

    public static async Task DeleteFunctionConcurrency(HttpContext http)
    {
        await Service<ConcurrencyReservations>(http).ReleaseAsync(FunctionNameOf(http));
        WriteNoContent(http);
    }

    public static async Task PutProvisionedConcurrencyConfig(HttpContext http)
    {
        var request = await ReadAsync(http, ConcurrencyJson.Default.PutProvisionedConcurrencyRequest);
        var function = FunctionNameOf(http);
        var provisioned = await Provisioned(http).PutAsync(function, request.ProvisionedConcurrentExecutions);
        await WriteProvisionedAsync(http, function, provisioned, StatusCodes.Status202Accepted);
    }

    /// <summary>Also ListProvisionedConcurrencyConfigs, which only its query tells apart.</summary>
    public static Task GetProvisionedConcurrencyConfig(HttpContext http)
    {
        var function = FunctionNameOf(http);
        return http.Request.Query["List"] == "ALL" ? ListProvisionedConcurrencyConfigs(http, function) : WriteProvisionedAsync(http, function, Provisioned(http).Get(function));
    }

    public static async Task DeleteProvisionedConcurrencyConfig(HttpContext http)
    {
        await Provisioned(http).DeleteAsync(FunctionNameOf(http));
        WriteNoContent(http);
    }

    static Task ListProvisionedConcurrencyConfigs(HttpContext http, FunctionName function)
    {
        var (configs, marker) = ListPage.Of(http.Request, MaxItemsMax).Take(Provisioned(http).List(function), provisioned => provisioned.Key);
        return WriteAsync(http, new ListProvisionedConcurrencyResponse(
            [.. configs.Select(provisioned => ToListedWire(http, function with { Qualifier = provisioned.Key }, provisioned.Value))], marker),
            ConcurrencyJson.Default.ListProvisionedConcurrencyResponse);
    }

    static ProvisionedConcurrencyWire ToListedWire(HttpContext http, FunctionName function, ProvisionedConcurrency provisioned) =>
        ToWire(http, function, provisioned) with { FunctionArn = ArnOf(http, function) };

    static Task WriteProvisionedAsync(HttpContext http, FunctionName function, ProvisionedConcurrency provisioned, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, ToWire(http, function, provisioned), ConcurrencyJson.Default.ProvisionedConcurrencyWire, status);

    static ProvisionedConcurrencyWire ToWire(HttpContext http, FunctionName function, ProvisionedConcurrency provisioned)
    {
        var readiness = Provisioned(http).ReadinessOf(function.Name, function.Qualifier!);
        return new ProvisionedConcurrencyWire(
            null, provisioned.Requested, readiness.Available, readiness.Allocated, readiness.Status switch
            {
                ProvisionedStatus.Ready => "READY",
                ProvisionedStatus.Failed => "FAILED",
                _ => "IN_PROGRESS",
            },
            readiness.Reason, Timestamp(provisioned.LastModified));
    }

    static ProvisionedConcurrencies Provisioned(HttpContext http) => Service<ProvisionedConcurrencies>(http);
}

sealed record PutFunctionConcurrencyRequest(int? ReservedConcurrentExecutions);

sealed record FunctionConcurrencyResponse(int? ReservedConcurrentExecutions);

sealed record PutProvisionedConcurrencyRequest(int? ProvisionedConcurrentExecutions);

sealed record ProvisionedConcurrencyWire(
    string? FunctionArn, int RequestedProvisionedConcurrentExecutions, int AvailableProvisionedConcurrentExecutions, int AllocatedProvisionedConcurrentExecutions,
    string Status, string? StatusReason, string LastModified);

sealed record ListProvisionedConcurrencyResponse(IReadOnlyList<ProvisionedConcurrencyWire> ProvisionedConcurrencyConfigs, string? NextMarker);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PutFunctionConcurrencyRequest))]
[JsonSerializable(typeof(FunctionConcurrencyResponse))]
[JsonSerializable(typeof(PutProvisionedConcurrencyRequest))]
[JsonSerializable(typeof(ProvisionedConcurrencyWire))]
[JsonSerializable(typeof(ListProvisionedConcurrencyResponse))]
sealed partial class ConcurrencyJson : JsonSerializerContext;
