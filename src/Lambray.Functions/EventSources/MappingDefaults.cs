namespace Lambray.Functions.EventSources;

/// <summary>What a mapping is where its owner did not say (recorded for SQS, Kinesis, DynamoDB and Kafka of one's own).</summary>
static class MappingDefaults
{
    const int QueueBatch = 10;
    const int OtherBatch = 100;

    /// <summary>Records are kept, or tried again, for as long as it takes.</summary>
    const int NoLimit = -1;

    public static MappingSettings Apply(EventSourceKind kind, MappingSettings asked, Guid uuid)
    {
        var settings = asked with { BatchSize = asked.BatchSize ?? (kind == EventSourceKind.Sqs ? QueueBatch : OtherBatch) };
        return kind switch
        {
            EventSourceKind.Sqs => settings with
            {
                MaximumBatchingWindowInSeconds = asked.MaximumBatchingWindowInSeconds ?? 0,
                FunctionResponseTypes = asked.FunctionResponseTypes ?? [],
                DestinationConfig = null,
            },
            EventSourceKind.Kinesis or EventSourceKind.DynamoDbStreams => settings with
            {
                BisectBatchOnFunctionError = asked.BisectBatchOnFunctionError ?? false,
                DestinationConfig = asked.DestinationConfig ?? new MappingDestinations(null, new MappingDestination(null)),
                FunctionResponseTypes = asked.FunctionResponseTypes ?? [],
                MaximumBatchingWindowInSeconds = asked.MaximumBatchingWindowInSeconds ?? 0,
                MaximumRecordAgeInSeconds = asked.MaximumRecordAgeInSeconds ?? NoLimit,
                MaximumRetryAttempts = asked.MaximumRetryAttempts ?? NoLimit,
                ParallelizationFactor = asked.ParallelizationFactor ?? 1,
                TumblingWindowInSeconds = asked.TumblingWindowInSeconds ?? 0,
            },
            EventSourceKind.ManagedKafka => settings with
            {
                StartingPosition = asked.StartingPosition ?? "TRIM_HORIZON",
                AmazonManagedKafkaEventSourceConfig = Consumer(asked.AmazonManagedKafkaEventSourceConfig, uuid),
            },
            EventSourceKind.SelfManagedKafka => settings with
            {
                StartingPosition = asked.StartingPosition ?? "TRIM_HORIZON",
                SelfManagedKafkaEventSourceConfig = Consumer(asked.SelfManagedKafkaEventSourceConfig, uuid),
            },
            EventSourceKind.DocumentDb => settings with
            {
                StartingPosition = asked.StartingPosition ?? "LATEST",
                DocumentDbEventSourceConfig = asked.DocumentDbEventSourceConfig! with
                {
                    FullDocument = asked.DocumentDbEventSourceConfig.FullDocument ?? "Default",
                },
            },
            _ => settings,
        };
    }

    // Recorded: the group is named after the mapping.
    static KafkaConsumer Consumer(KafkaConsumer? asked, Guid uuid) => new(asked?.ConsumerGroupId ?? uuid.ToString(), asked?.SchemaRegistryConfig);
}
