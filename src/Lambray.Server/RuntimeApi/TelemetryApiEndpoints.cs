using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Functions.ExecutionEnvironments.Extensions;
using Lambray.Functions.ExecutionEnvironments.Telemetry;
using Lambray.Server.Environments;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.RuntimeApi;

/// <summary>The Lambda Telemetry API and its predecessor, the Logs API ("Lambda Telemetry API reference" in the Developer Guide).</summary>
static class TelemetryApiEndpoints
{
    public static void MapTelemetryApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/2022-07-01/telemetry", http => SubscribeAsync(http, isLogsApi: false));
        routes.MapPut("/2020-08-15/logs", http => SubscribeAsync(http, isLogsApi: true));
    }

    static async Task SubscribeAsync(HttpContext http, bool isLogsApi)
    {
        if (await ExtensionsApiEndpoints.IdentifyAsync(http) is not { } id) return;
        var environment = http.Features.GetRequiredFeature<EnvironmentConnection>().Environment;
        if (environment.Extensions.FindName(id) is not { } name)
        {
            await ExtensionsApiEndpoints.RefuseAsync(http, new ExtensionReply.Refused("Extension.UnknownExtensionIdentifier", $"Unknown extension {id}"));
            return;
        }
        TelemetrySettings settings;
        try
        {
            var request = await JsonSerializer.DeserializeAsync(http.Request.Body, TelemetryApiJson.Default.SubscriptionRequest, http.RequestAborted);
            settings = (request ?? throw new FormatException("the body is null")).ToSettings(isLogsApi);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            await RuntimeApiAnswers.WriteErrorAsync(http, StatusCodes.Status400BadRequest, error.Message, "ValidationError");
            return;
        }
        if (environment.Telemetry.TrySubscribe(name, settings))
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("\"OK\"");
            return;
        }
        await ExtensionsApiEndpoints.RefuseAsync(http, isLogsApi
            ? new ExtensionReply.Refused("Logs.SubscriptionClosed", "Logs API subscription is closed already")
            : new ExtensionReply.Refused("Telemetry.SubscriptionClosed", "Telemetry API subscription is closed already"));
    }
}

/// <summary>A subscription as it is sent; what is left out has a default, or is an error.</summary>
sealed record SubscriptionRequest(string? SchemaVersion, IReadOnlyList<string?>? Types, BufferingRequest? Buffering, DestinationRequest? Destination)
{
    static readonly string[] TelemetryVersions = ["2022-07-01", "2022-12-13", "2025-01-29"];
    static readonly string[] LogsVersions = ["2020-08-15", "2021-03-18"];
    static readonly string[] KnownTypes = ["platform", "function", "extension"];

    /// <exception cref="FormatException">With a sentence about what is wrong.</exception>
    public TelemetrySettings ToSettings(bool isLogsApi)
    {
        var versions = isLogsApi ? LogsVersions : TelemetryVersions;
        // The Logs API's first clients sent none.
        if (SchemaVersion is null ? !isLogsApi : !versions.Contains(SchemaVersion))
            throw new FormatException($"schemaVersion has to be one of {string.Join(", ", versions)}");
        if (Types is not { Count: > 0 } || Types.Any(type => !KnownTypes.Contains(type)))
            throw new FormatException($"types has to name some of {string.Join(", ", KnownTypes)}");
        return new TelemetrySettings(
            [.. Types.Distinct().Select(type => type!)], Buffering?.ToBuffering() ?? TelemetryBuffering.Default,
            (Destination ?? throw new FormatException("destination is missing")).ToDestination(), isLogsApi);
    }
}

sealed record BufferingRequest(int? MaxItems, int? MaxBytes, int? TimeoutMs)
{
    public TelemetryBuffering ToBuffering() => new(
        InRange(MaxItems, "maxItems", 1000, 10_000) ?? TelemetryBuffering.Default.ItemsMax,
        InRange(MaxBytes, "maxBytes", 262_144, 1_048_576) ?? TelemetryBuffering.Default.BytesMax,
        InRange(TimeoutMs, "timeoutMs", 25, 30_000) is { } wait ? TimeSpan.FromMilliseconds(wait) : TelemetryBuffering.Default.Wait);

    static int? InRange(int? value, string name, int min, int max) =>
        value < min || value > max ? throw new FormatException($"buffering.{name} has to be from {min} to {max}") : value;
}

/// <param name="Uri">For HTTP.</param>
/// <param name="Port">For TCP.</param>
sealed record DestinationRequest(string? Protocol, [property: JsonPropertyName("URI")] string? Uri, int? Port)
{
    const int ReservedPort = 9001;

    public TelemetryDestination ToDestination() => Protocol switch
    {
        "HTTP" => OfUri(Uri),
        "TCP" => new TelemetryDestination(Checked(Port), Path: null),
        _ => throw new FormatException("destination.protocol has to be HTTP or TCP"),
    };

    static TelemetryDestination OfUri(string? text)
    {
        if (!System.Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "http" || uri.Host is not ("sandbox.localdomain" or "sandbox"))
            throw new FormatException("destination.URI has to be http://sandbox.localdomain:PORT with a path or without");
        return new TelemetryDestination(Checked(uri.Port), uri.PathAndQuery);
    }

    static int Checked(int? port) => port is > 0 and <= ushort.MaxValue and not ReservedPort
        ? port.Value
        : throw new FormatException($"the destination's port has to be from 1 to {ushort.MaxValue} and not {ReservedPort}");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SubscriptionRequest))]
sealed partial class TelemetryApiJson : JsonSerializerContext;
