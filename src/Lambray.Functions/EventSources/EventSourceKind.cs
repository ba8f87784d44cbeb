using Lambray.Aws;

namespace Lambray.Functions.EventSources;

/// <summary>What Lambda can poll ("Creating and managing event source mappings" in the Developer Guide).</summary>
public enum EventSourceKind
{
    Sqs,
    Kinesis,
    DynamoDbStreams,
    ManagedKafka,
    SelfManagedKafka,
    Mq,
    DocumentDb,
}

/// <summary>What tells the kinds of event sources apart.</summary>
public static class EventSourceKinds
{
    /// <returns>Null for what is no event source.</returns>
    public static EventSourceKind? Find(MappingSettings settings)
    {
        if (settings.SelfManagedEventSource is not null) return EventSourceKind.SelfManagedKafka;
        if (!Arn.TryParse(settings.EventSourceArn, out var arn)) return null;
        return arn.Service switch
        {
            "sqs" => EventSourceKind.Sqs,
            "kinesis" => EventSourceKind.Kinesis,
            // A table alone cannot be polled, its stream can.
            "dynamodb" when arn.Resource.Contains("/stream/", StringComparison.Ordinal) => EventSourceKind.DynamoDbStreams,
            "kafka" => EventSourceKind.ManagedKafka,
            "mq" => EventSourceKind.Mq,
            "rds" => EventSourceKind.DocumentDb,
            _ => null,
        };
    }

    extension(EventSourceKind kind)
    {
        /// <summary>Read shard by shard in order, with checkpoints.</summary>
        public bool IsStream => kind is EventSourceKind.Kinesis or EventSourceKind.DynamoDbStreams;

        public bool IsKafka => kind is EventSourceKind.ManagedKafka or EventSourceKind.SelfManagedKafka;

        /// <summary>Whether the mapping shows how its last batch went; recorded: that of a queue does not.</summary>
        public bool ShowsProcessingResult => kind is not EventSourceKind.Sqs;

        /// <summary>Why a mapping is in its state, when its owner wanted it so; the two spellings were recorded.</summary>
        public string UserReason => kind.IsStream ? "User action" : "USER_INITIATED";

        /// <summary>As people call it.</summary>
        public string ServiceName => kind switch
        {
            EventSourceKind.Sqs => "SQS",
            EventSourceKind.Kinesis => "Kinesis",
            EventSourceKind.DynamoDbStreams => "DynamoDB Streams",
            EventSourceKind.ManagedKafka => "Amazon MSK",
            EventSourceKind.SelfManagedKafka => "Apache Kafka",
            EventSourceKind.Mq => "Amazon MQ",
            _ => "Amazon DocumentDB",
        };
    }
}
