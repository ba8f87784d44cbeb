using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.EventSources;
using static Lambray.Server.AwsFront.Lambda.LambdaRequest;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>What Lambda polls for which function.</summary>
static class EventSourceMappingOperations
{
    const int MaxItemsMax = 10_000;

    // "ListEventSourceMappings returns a maximum of 100 items in each response, even if you set the number higher."
    const int PageMax = 100;

    public static async Task CreateEventSourceMapping(HttpContext http)
    {
        var request = await ReadAsync(http, EventSourceMappingJson.Default.EventSourceMappingRequest);
        await WriteMappingAsync(http, await Mappings(http).CreateAsync(request.FunctionName, request, request.Enabled ?? true, request.Tags),
            StatusCodes.Status202Accepted);
    }

    public static Task GetEventSourceMapping(HttpContext http) => WriteMappingAsync(http, Mappings(http).Get(Uuid(http)));

    public static async Task UpdateEventSourceMapping(HttpContext http)
    {
        var request = await ReadAsync(http, EventSourceMappingJson.Default.EventSourceMappingRequest);
        await WriteMappingAsync(http, await Mappings(http).UpdateAsync(Uuid(http), request.FunctionName, request, request.Enabled),
            StatusCodes.Status202Accepted);
    }

    public static async Task DeleteEventSourceMapping(HttpContext http) =>
        await WriteMappingAsync(http, await Mappings(http).DeleteAsync(Uuid(http)), StatusCodes.Status202Accepted);

    public static Task ListEventSourceMappings(HttpContext http)
    {
        var page = ListPage.Of(http.Request, MaxItemsMax, PageMax);
        var found = Mappings(http).List(QueryValue(http, "EventSourceArn"), QueryValue(http, "FunctionName"), page.After ?? "", page.Size + 1);
        var (mappings, marker) = page.Cut(found, mapping => mapping.Uuid.ToString());
        return WriteAsync(http, new ListEventSourceMappingsResponse([.. mappings.Select(mapping => ToWire(http, mapping))], marker),
            EventSourceMappingJson.Default.ListEventSourceMappingsResponse);
    }

    static Task WriteMappingAsync(HttpContext http, EventSourceMapping mapping, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, ToWire(http, mapping), EventSourceMappingJson.Default.EventSourceMappingConfiguration, status);

    static EventSourceMappingConfiguration ToWire(HttpContext http, EventSourceMapping mapping) => new(mapping.Settings)
    {
        Uuid = mapping.Uuid.ToString(),
        EventSourceMappingArn = mapping.Arn(Service<AwsHome>(http)).ToString(),
        FunctionArn = ArnOf(http, mapping.Function),
        LastModified = mapping.LastModified.ToUnixTimeMilliseconds() / 1000.0,
        LastProcessingResult = mapping.LastProcessingResult,
        State = mapping.State,
        StateTransitionReason = mapping.Kind.UserReason,
    };

    static string Uuid(HttpContext http) => PathValue(http, "uuid");

    static string? QueryValue(HttpContext http, string name) => http.Request.Query[name] is [{ } value] ? value : null;

    static EventSourceMappings Mappings(HttpContext http) => Service<EventSourceMappings>(http);
}

/// <summary>What CreateEventSourceMapping and UpdateEventSourceMapping are sent.</summary>
sealed record EventSourceMappingRequest : MappingSettings
{
    public string? FunctionName { get; init; }

    public bool? Enabled { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

sealed record EventSourceMappingConfiguration(MappingSettings Settings) : MappingSettings(Settings)
{
    [JsonIgnore]
    public MappingSettings Settings { get; } = Settings;

    [JsonPropertyName("UUID")]
    public required string Uuid { get; init; }

    public required string EventSourceMappingArn { get; init; }

    public required string FunctionArn { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required double LastModified { get; init; }

    public string? LastProcessingResult { get; init; }

    public required MappingState State { get; init; }

    public required string StateTransitionReason { get; init; }
}

sealed record ListEventSourceMappingsResponse(IReadOnlyList<EventSourceMappingConfiguration> EventSourceMappings, string? NextMarker);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EventSourceMappingRequest))]
[JsonSerializable(typeof(EventSourceMappingConfiguration))]
[JsonSerializable(typeof(ListEventSourceMappingsResponse))]
sealed partial class EventSourceMappingJson : JsonSerializerContext;
