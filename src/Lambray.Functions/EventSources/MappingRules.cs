using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Resources.EventPatterns;

namespace Lambray.Functions.EventSources;

/// <summary>Which settings go with which kind of source, and with each other ("Event source mapping parameters" of each service in the Developer Guide).</summary>
static class MappingRules
{
    const int QueueBatchWithoutWindow = 10;
    const int FifoBatchMax = 10;
    const int FiltersMax = 10;
    const int RecordAgeSecondsMin = 60;

    /// <summary>What a new mapping must say, and must not.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException.</exception>
    public static EventSourceKind CheckNew(MappingSettings asked)
    {
        // As recorded, in this order: destinations and access before the source's kind, all of it before the function.
        if (asked.SelfManagedEventSource is not null && asked.SourceAccessConfigurations is null) throw Missing("sourceAccessConfigurations");
        if (EventSourceKinds.Find(asked) is not { } kind) throw LambdaErrors.InvalidParameter("Unrecognized event source.");
        Check(kind, asked);
        CheckPosition(kind, asked);
        if (kind.IsKafka && asked.Topics is null) throw Missing("topics");
        if (kind == EventSourceKind.Mq && asked.Queues is null) throw Missing("queues");
        if (kind is EventSourceKind.Mq or EventSourceKind.DocumentDb && asked.SourceAccessConfigurations is null) throw Missing("sourceAccessConfigurations");
        if (kind == EventSourceKind.DocumentDb && asked.DocumentDbEventSourceConfig?.DatabaseName is null) throw Missing("documentDBEventSourceConfig");
        return kind;
    }

    /// <summary>What holds of a mapping before and after a change.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException.</exception>
    public static void Check(EventSourceKind kind, MappingSettings settings)
    {
        CheckDestinations(kind, settings.DestinationConfig);
        RefuseForeign(kind, settings);
        if (kind == EventSourceKind.Sqs) CheckQueue(settings);
        if (settings.MaximumRecordAgeInSeconds is >= 0 and < RecordAgeSecondsMin)
            throw LambdaErrors.InvalidParameter($"MaximumRecordAgeInSeconds must be -1 or at least {RecordAgeSecondsMin}.");
        if (settings.ProvisionedPollerConfig is { MinimumPollers: { } min, MaximumPollers: { } max } && min > max)
            throw LambdaErrors.InvalidParameter("MinimumPollers must be less than or equal to MaximumPollers.");
        CheckFilters(settings.FilterCriteria);
    }

    /// <summary>Failures of streams and of Kafka can be sent on, successes never.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException.</exception>
    public static void CheckDestinations(EventSourceKind kind, MappingDestinations? destinations)
    {
        var hasFailure = !string.IsNullOrEmpty(destinations?.OnFailure?.Destination);
        if (destinations?.OnSuccess is not null || (hasFailure && !kind.IsStream && !kind.IsKafka)) throw Unsupported("DestinationConfig");
        if (!hasFailure) return;
        var target = destinations!.OnFailure!.Destination!;
        if (kind.IsKafka && target.StartsWith("kafka://", StringComparison.Ordinal)) return;
        if (!Arn.TryParse(target, out var arn) || arn.Service is not ("sqs" or "sns" or "s3"))
            throw LambdaErrors.InvalidParameter($"The destination ARN {target} is invalid.");
        FifoTargets.Refuse(target);
    }

    static void CheckPosition(EventSourceKind kind, MappingSettings asked)
    {
        if (kind == EventSourceKind.Sqs && asked.StartingPosition is not null)
            throw LambdaErrors.InvalidParameter("StartingPosition is not valid for SQS event sources.");
        if (kind == EventSourceKind.Mq && asked.StartingPosition is not null) throw Unsupported("StartingPosition");
        if (kind.IsStream && asked.StartingPosition is null)
            throw LambdaErrors.InvalidParameter("1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.");
        var isAtTimestamp = asked.StartingPosition == "AT_TIMESTAMP";
        if (isAtTimestamp && kind == EventSourceKind.DynamoDbStreams)
            throw LambdaErrors.InvalidParameter($"Unsupported starting position for arn type: {asked.EventSourceArn}");
        if (isAtTimestamp && asked.StartingPositionTimestamp is null) throw LambdaErrors.InvalidParameter("Need to specify a timestamp");
        if (!isAtTimestamp && asked.StartingPositionTimestamp is not null)
            throw LambdaErrors.InvalidParameter("StartingPositionTimestamp can only be used with the starting position AT_TIMESTAMP.");
    }

    static void CheckQueue(MappingSettings settings)
    {
        var isFifo = settings.EventSourceArn!.EndsWith(".fifo", StringComparison.Ordinal);
        if (isFifo && settings.MaximumBatchingWindowInSeconds > 0) throw LambdaErrors.InvalidParameter("Batching window is not supported for FIFO queues.");
        if (isFifo && settings.BatchSize > FifoBatchMax)
            throw LambdaErrors.InvalidParameter($"Maximum batch size must be less than or equal to {FifoBatchMax} for FIFO queues.");
        if (settings.BatchSize > QueueBatchWithoutWindow && settings.MaximumBatchingWindowInSeconds is null or 0)
            throw LambdaErrors.InvalidParameter($"Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than {QueueBatchWithoutWindow}");
        if (settings.ScalingConfig?.MaximumConcurrency is not null && settings.ProvisionedPollerConfig is not null)
            throw LambdaErrors.InvalidParameter("ScalingConfig and ProvisionedPollerConfig cannot be used together.");
    }

    // Null and empty say the same: not asked for.
    static void RefuseForeign(EventSourceKind kind, MappingSettings settings)
    {
        RefuseUnless(kind.IsStream, "ParallelizationFactor", settings.ParallelizationFactor is not null);
        RefuseUnless(kind.IsStream || kind.IsKafka, "MaximumRecordAgeInSeconds", settings.MaximumRecordAgeInSeconds is not null);
        RefuseUnless(kind.IsStream || kind.IsKafka, "MaximumRetryAttempts", settings.MaximumRetryAttempts is not null);
        RefuseUnless(kind.IsStream || kind.IsKafka, "BisectBatchOnFunctionError", settings.BisectBatchOnFunctionError is not null);
        RefuseUnless(kind.IsStream, "TumblingWindowInSeconds", settings.TumblingWindowInSeconds is not null);
        RefuseUnless(kind.IsStream || kind.IsKafka || kind == EventSourceKind.Sqs, "FunctionResponseTypes", settings.FunctionResponseTypes is { Count: > 0 });
        RefuseUnless(kind.IsKafka, "Topics", settings.Topics is not null);
        RefuseUnless(kind == EventSourceKind.Mq, "Queues", settings.Queues is not null);
        RefuseUnless(kind.IsKafka || kind is EventSourceKind.Mq or EventSourceKind.DocumentDb, "SourceAccessConfigurations", settings.SourceAccessConfigurations is { Count: > 0 });
        RefuseUnless(kind == EventSourceKind.ManagedKafka, "AmazonManagedKafkaEventSourceConfig", settings.AmazonManagedKafkaEventSourceConfig is not null);
        RefuseUnless(kind == EventSourceKind.SelfManagedKafka, "SelfManagedKafkaEventSourceConfig", settings.SelfManagedKafkaEventSourceConfig is not null);
        RefuseUnless(kind == EventSourceKind.Sqs, "ScalingConfig", settings.ScalingConfig?.MaximumConcurrency is not null);
        RefuseUnless(kind == EventSourceKind.DocumentDb, "DocumentDBEventSourceConfig", settings.DocumentDbEventSourceConfig is not null);
        RefuseUnless(kind.IsKafka, "LoggingConfig", settings.LoggingConfig?.SystemLogLevel is not null);
        RefuseUnless(kind.IsKafka || kind == EventSourceKind.Sqs, "ProvisionedPollerConfig", settings.ProvisionedPollerConfig is not null);
    }

    static void CheckFilters(FilterCriteria? criteria)
    {
        var filters = criteria?.Filters ?? [];
        if (filters.Count > FiltersMax) throw LambdaErrors.InvalidParameter($"Number of filters exceeds the limit of {FiltersMax}.");
        if (!filters.All(filter => EventPattern.TryParse(filter.Pattern, out _))) throw LambdaErrors.InvalidParameter("Invalid filter pattern definition.");
    }

    static void RefuseUnless(bool isOfThisKind, string setting, bool isAsked)
    {
        if (isAsked && !isOfThisKind) throw Unsupported(setting);
    }

    static AwsException Unsupported(string setting) => LambdaErrors.InvalidParameter($"Unsupported {setting} parameter for given event source mapping type.");

    static AwsException Missing(string member) => LambdaErrors.InvalidParameter($"Required '{member}' parameter is missing.");
}
