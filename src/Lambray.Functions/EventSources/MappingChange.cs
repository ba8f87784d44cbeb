namespace Lambray.Functions.EventSources;

/// <summary>What an update makes of a mapping's settings: what is said replaces, an empty structure takes away, the rest stays.</summary>
static class MappingChange
{
    public static MappingSettings Apply(MappingSettings asked, MappingSettings current) => current with
    {
        BatchSize = asked.BatchSize ?? current.BatchSize,
        FilterCriteria = Unless(asked.FilterCriteria is { Filters: null or { Count: 0 } }, asked.FilterCriteria ?? current.FilterCriteria),
        MaximumBatchingWindowInSeconds = asked.MaximumBatchingWindowInSeconds ?? current.MaximumBatchingWindowInSeconds,
        ParallelizationFactor = asked.ParallelizationFactor ?? current.ParallelizationFactor,
        DestinationConfig = Destinations(asked.DestinationConfig, current.DestinationConfig),
        MaximumRecordAgeInSeconds = asked.MaximumRecordAgeInSeconds ?? current.MaximumRecordAgeInSeconds,
        BisectBatchOnFunctionError = asked.BisectBatchOnFunctionError ?? current.BisectBatchOnFunctionError,
        MaximumRetryAttempts = asked.MaximumRetryAttempts ?? current.MaximumRetryAttempts,
        TumblingWindowInSeconds = asked.TumblingWindowInSeconds ?? current.TumblingWindowInSeconds,
        SourceAccessConfigurations = asked.SourceAccessConfigurations ?? current.SourceAccessConfigurations,
        FunctionResponseTypes = asked.FunctionResponseTypes ?? current.FunctionResponseTypes,
        AmazonManagedKafkaEventSourceConfig = Consumer(asked.AmazonManagedKafkaEventSourceConfig, current.AmazonManagedKafkaEventSourceConfig),
        SelfManagedKafkaEventSourceConfig = Consumer(asked.SelfManagedKafkaEventSourceConfig, current.SelfManagedKafkaEventSourceConfig),
        ScalingConfig = Unless(asked.ScalingConfig is { MaximumConcurrency: null }, asked.ScalingConfig ?? current.ScalingConfig),
        DocumentDbEventSourceConfig = asked.DocumentDbEventSourceConfig ?? current.DocumentDbEventSourceConfig,
        KmsKeyArn = Unless(asked.KmsKeyArn is "", asked.KmsKeyArn ?? current.KmsKeyArn),
        MetricsConfig = Unless(asked.MetricsConfig is { Metrics: null or { Count: 0 } }, asked.MetricsConfig ?? current.MetricsConfig),
        LoggingConfig = Unless(asked.LoggingConfig is { SystemLogLevel: null }, asked.LoggingConfig ?? current.LoggingConfig),
        ProvisionedPollerConfig = Unless(
            asked.ProvisionedPollerConfig is { MinimumPollers: null, MaximumPollers: null }, asked.ProvisionedPollerConfig ?? current.ProvisionedPollerConfig),
    };

    // Streams show that they have no destination, too.
    static MappingDestinations? Destinations(MappingDestinations? asked, MappingDestinations? current) =>
        asked is null || (current is null && string.IsNullOrEmpty(asked.OnFailure?.Destination))
            ? current
            : new MappingDestinations(null, new MappingDestination(asked.OnFailure?.Destination is "" ? null : asked.OnFailure?.Destination));

    static KafkaConsumer? Consumer(KafkaConsumer? asked, KafkaConsumer? current) => asked is null
        ? current
        : new KafkaConsumer(asked.ConsumerGroupId ?? current?.ConsumerGroupId, asked.SchemaRegistryConfig ?? current?.SchemaRegistryConfig);

    static T? Unless<T>(bool isTakenAway, T? value) where T : class => isTakenAway ? null : value;
}
