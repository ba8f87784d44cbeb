using System.Text.Json.Serialization;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.EventInvocation;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>How asynchronous events are retried, and where their outcomes go.</summary>
static class EventInvokeConfigOperations
{
    const int MaxItemsMax = 50;

    public static async Task PutFunctionEventInvokeConfig(HttpContext http)
    {
        var (function, settings) = (FunctionNameOf(http), await SettingsAsync(http));
        await WriteConfigAsync(http, function, await Configs(http).PutAsync(function, settings));
    }

    public static async Task UpdateFunctionEventInvokeConfig(HttpContext http)
    {
        var (function, settings) = (FunctionNameOf(http), await SettingsAsync(http));
        await WriteConfigAsync(http, function, await Configs(http).UpdateAsync(function, settings));
    }

    public static Task GetFunctionEventInvokeConfig(HttpContext http)
    {
        var function = FunctionNameOf(http);
        return WriteConfigAsync(http, function, Configs(http).Get(function));
    }

    public static Task ListFunctionEventInvokeConfigs(HttpContext http)
    {
        var function = FunctionNameOf(http);
        var (configs, marker) = ListPage.Of(http.Request, MaxItemsMax).Take(Configs(http).List(function), config => config.Key);
        return WriteAsync(http, new ListEventInvokeConfigsResponse(
            [.. configs.Select(config => ToWire(http, function with { Qualifier = config.Key }, config.Value))], marker),
            EventInvokeConfigJson.Default.ListEventInvokeConfigsResponse);
    }

    public static async Task DeleteFunctionEventInvokeConfig(HttpContext http)
    {
        await Configs(http).DeleteAsync(FunctionNameOf(http));
        WriteNoContent(http);
    }

    static async Task<EventInvokeSettings> SettingsAsync(HttpContext http)
    {
        var request = await ReadAsync(http, EventInvokeConfigJson.Default.EventInvokeConfigRequest);
        var destinations = request.DestinationConfig;
        return new EventInvokeSettings(
            request.MaximumRetryAttempts, request.MaximumEventAgeInSeconds, destinations?.OnSuccess?.Destination, destinations?.OnFailure?.Destination,
            destinations is not null);
    }

    static Task WriteConfigAsync(HttpContext http, FunctionName function, EventInvokeConfig config) =>
        WriteAsync(http, ToWire(http, function, config), EventInvokeConfigJson.Default.EventInvokeConfigWire);

    static EventInvokeConfigWire ToWire(HttpContext http, FunctionName function, EventInvokeConfig config) => new(
        // Here and in event source mappings the API has a number of seconds.
        config.LastModified.ToUnixTimeMilliseconds() / 1000.0, ArnOf(http, function with { Qualifier = function.Qualifier ?? FunctionName.Latest }),
        config.MaximumRetryAttempts, config.MaximumEventAgeInSeconds,
        new DestinationConfigWire(new DestinationWire(config.OnSuccess), new DestinationWire(config.OnFailure)));

    static EventInvokeConfigs Configs(HttpContext http) => Service<EventInvokeConfigs>(http);
}

sealed record EventInvokeConfigRequest(int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, DestinationConfigWire? DestinationConfig);

sealed record EventInvokeConfigWire(
    double LastModified, string FunctionArn, int? MaximumRetryAttempts, int? MaximumEventAgeInSeconds, DestinationConfigWire DestinationConfig);

sealed record DestinationConfigWire(DestinationWire? OnSuccess, DestinationWire? OnFailure);

sealed record DestinationWire(string? Destination);

sealed record ListEventInvokeConfigsResponse(IReadOnlyList<EventInvokeConfigWire> FunctionEventInvokeConfigs, string? NextMarker);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventInvokeConfigRequest))]
[JsonSerializable(typeof(EventInvokeConfigWire))]
[JsonSerializable(typeof(ListEventInvokeConfigsResponse))]
sealed partial class EventInvokeConfigJson : JsonSerializerContext;
