using System.Text.Json.Serialization;

namespace Lambray.Functions.EventSources;

/// <summary>What CreateEventSourceMapping and UpdateEventSourceMapping can set, in the API's own names.</summary>
/// <remarks>In a request null means "not said"; in a mapping, that its kind of source has no such setting.</remarks>
public record MappingSettings
{
    public string? EventSourceArn { get; init; }

    /// <summary>How many records a function gets at most in one event.</summary>
    public int? BatchSize { get; init; }

    public FilterCriteria? FilterCriteria { get; init; }

    public int? MaximumBatchingWindowInSeconds { get; init; }

    /// <summary>How many batches of one shard are at work at once.</summary>
    public int? ParallelizationFactor { get; init; }

    /// <summary><c>TRIM_HORIZON</c>, <c>LATEST</c> or <c>AT_TIMESTAMP</c>.</summary>
    public string? StartingPosition { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public double? StartingPositionTimestamp { get; init; }

    public MappingDestinations? DestinationConfig { get; init; }

    /// <summary>-1 for as long as the stream keeps a record.</summary>
    public int? MaximumRecordAgeInSeconds { get; init; }

    public bool? BisectBatchOnFunctionError { get; init; }

    /// <summary>-1 for as often as it takes.</summary>
    public int? MaximumRetryAttempts { get; init; }

    public int? TumblingWindowInSeconds { get; init; }

    public IReadOnlyList<string>? Topics { get; init; }

    public IReadOnlyList<string>? Queues { get; init; }

    public IReadOnlyList<SourceAccess>? SourceAccessConfigurations { get; init; }

    public SelfManagedSource? SelfManagedEventSource { get; init; }

    /// <summary><c>ReportBatchItemFailures</c>, or nothing.</summary>
    public IReadOnlyList<string>? FunctionResponseTypes { get; init; }

    public KafkaConsumer? AmazonManagedKafkaEventSourceConfig { get; init; }

    public KafkaConsumer? SelfManagedKafkaEventSourceConfig { get; init; }

    public QueueScaling? ScalingConfig { get; init; }

    [JsonPropertyName("DocumentDBEventSourceConfig")]
    public DocumentDbCollection? DocumentDbEventSourceConfig { get; init; }

    [JsonPropertyName("KMSKeyArn")]
    public string? KmsKeyArn { get; init; }

    public MappingMetrics? MetricsConfig { get; init; }

    public MappingLogging? LoggingConfig { get; init; }

    public ProvisionedPollers? ProvisionedPollerConfig { get; init; }
}

public sealed record FilterCriteria(IReadOnlyList<FilterPattern>? Filters);

public sealed record FilterPattern(string? Pattern);

/// <summary>Where what became of records goes.</summary>
public sealed record MappingDestinations(MappingDestination? OnSuccess, MappingDestination? OnFailure);

public sealed record MappingDestination(string? Destination);

/// <summary>How to get at a broker: a secret, a subnet, a virtual host, …</summary>
public sealed record SourceAccess(string? Type, [property: JsonPropertyName("URI")] string? Uri);

public sealed record SelfManagedSource(IReadOnlyDictionary<string, IReadOnlyList<string>>? Endpoints);

public sealed record KafkaConsumer(string? ConsumerGroupId, SchemaRegistry? SchemaRegistryConfig);

public sealed record SchemaRegistry(
    [property: JsonPropertyName("SchemaRegistryURI")] string? SchemaRegistryUri, string? EventRecordFormat, IReadOnlyList<SourceAccess>? AccessConfigs,
    IReadOnlyList<SchemaValidation>? SchemaValidationConfigs);

/// <param name="Attribute"><c>KEY</c> or <c>VALUE</c>.</param>
public sealed record SchemaValidation(string? Attribute);

public sealed record QueueScaling(int? MaximumConcurrency);

public sealed record DocumentDbCollection(string? DatabaseName, string? CollectionName, string? FullDocument);

public sealed record MappingMetrics(IReadOnlyList<string>? Metrics);

public sealed record MappingLogging(string? SystemLogLevel);

public sealed record ProvisionedPollers(int? MinimumPollers, int? MaximumPollers, string? PollerGroupName);
