using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.Registry;

namespace Lambray.Functions.EventSources;

/// <summary>A function and what Lambda polls for it: immutable, replaced whole by every change.</summary>
public sealed record EventSourceMapping
{
    public required Guid Uuid { get; init; }

    public required EventSourceKind Kind { get; init; }

    /// <summary>With the qualifier that it was named with, if any.</summary>
    public required FunctionName Function { get; init; }

    /// <summary>All that this kind of source has, defaults included.</summary>
    public required MappingSettings Settings { get; init; }

    public required MappingState State { get; init; }

    /// <summary>What the mapping is to be once a change is through: polling or not.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>How the last batch went, or why there is none.</summary>
    public string? LastProcessingResult { get; init; }

    /// <summary>When it was last changed, by a caller or by a new state.</summary>
    public required DateTimeOffset LastModified { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>On the way from one state to the next, when nobody else may change it.</summary>
    [JsonIgnore]
    public bool IsChanging => State is not (MappingState.Enabled or MappingState.Disabled);

    /// <summary>The source's addresses: its ARN, or the brokers of a Kafka cluster of one's own.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Sources => SourcesOf(Settings);

    public Arn Arn(AwsHome home) => home.Regional("lambda", $"event-source-mapping:{Uuid}");

    internal static IReadOnlyList<string> SourcesOf(MappingSettings settings) =>
        settings.EventSourceArn is { } arn ? [arn] : settings.SelfManagedEventSource?.Endpoints?.Values.SelectMany(brokers => brokers).ToArray() ?? [];
}

/// <summary>State of an event source mapping, as the API writes it.</summary>
public enum MappingState
{
    Creating,
    Enabling,
    Enabled,
    Disabling,
    Disabled,
    Updating,
    Deleting,
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventSourceMapping))]
sealed partial class MappingJson : JsonSerializerContext;
