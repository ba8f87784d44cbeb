using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Lambray.Functions.EventSources;
using Lambray.Functions.ExecutionEnvironments;
using Lambray.Server.ConsoleApi.Filters;
using Lambray.Server.ConsoleApi.Functions;
using Lambray.Server.ConsoleApi.Groups;
using Lambray.Server.ConsoleApi.Insights;
using Lambray.Server.ConsoleApi.Live;
using Lambray.Server.ConsoleApi.Map;
using Lambray.Server.ConsoleApi.Sampling;
using Lambray.Server.ConsoleApi.Settings;
using Lambray.Server.ConsoleApi.SignIn;
using Lambray.Server.ConsoleApi.Start;
using Lambray.Server.ConsoleApi.Traces;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceQuery.Completion;

namespace Lambray.Server.ConsoleApi;

/// <summary>How the console API writes and reads JSON: one context of generated code for each page, one set of options for all.</summary>
static class ConsoleJson
{
    static readonly IJsonTypeInfoResolver[] Pages =
    [
        SharedJson.Default,
        FiltersJson.Default,
        LiveJson.Default,
        MapJson.Default,
        StartPageJson.Default,
        TraceListJson.Default,
        TracesJson.Default,
        TraceRequestsJson.Default,
        FunctionsJson.Default,
        FunctionMappingsJson.Default,
        SamplingPageJson.Default,
        GroupsPageJson.Default,
        InsightsPageJson.Default,
        SettingsPageJson.Default,
        SignInJson.Default,
    ];

    // Rooms below know no wire, so that their enums cannot say it themselves.
    static readonly JsonConverter[] Enums =
    [
        new CamelCase<LiveTopic>(),
        new CamelCase<SuggestionKind>(),
        new CamelCase<TimelineStatus>(),
        new CamelCase<TimelineRowKind>(),
        new CamelCase<LambdaPart>(),
        new CamelCase<EnvironmentState>(),
        new CamelCase<MappingState>(),
    ];

    const int DepthMax = 1024;

    public static void Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        // Documents of segments nest as deep as their senders like.
        options.MaxDepth = DepthMax;
        foreach (var @enum in Enums) options.Converters.Add(@enum);
        foreach (var page in Pages) options.TypeInfoResolverChain.Add(page);
    }
}

/// <summary>The names of an enum as JavaScript writes names: <c>inProgress</c>.</summary>
sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;

/// <summary>The body of every answer that is not 2xx.</summary>
/// <param name="Code">In AWS's words, such as <c>InvalidRequestException</c>.</param>
/// <param name="Members">Which members of the request are wrong, where it is known.</param>
sealed record ApiError(string Code, string Message, IReadOnlyList<ApiMemberFault> Members);

/// <param name="Member">As the AWS API names it: <c>memorySize</c>, <c>FixedRate</c>.</param>
/// <param name="Constraint">A sentence.</param>
sealed record ApiMemberFault(string Member, string Constraint);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiError))]
sealed partial class SharedJson : JsonSerializerContext;
