using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Functions.Registry;

namespace Lambray.Functions.EventSources;

/// <summary>What each setting may be, whatever the source: the limits of the API model, in the words of AWS's front end.</summary>
static partial class MappingLimits
{
    const string ArnPattern = @"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)";
    const string TopicPattern = @"[^.]([a-zA-Z0-9\-_.]+)";
    const string UriPattern = @"[a-zA-Z0-9-\/*:_+=.@-]*";
    const string BrokerPattern = @"(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\-]*[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\-]*[A-Za-z0-9]):[0-9]{1,5}";

    /// <exception cref="AwsException">ValidationException, with everything that is wrong.</exception>
    public static void Check(MappingSettings settings)
    {
        var validation = new Validation()
            .RequireMatch(settings.EventSourceArn, "eventSourceArn", ArnRegex(), ArnPattern)
            .RequireRange(settings.BatchSize, "batchSize", 1, 10_000)
            .RequireRange(settings.MaximumBatchingWindowInSeconds, "maximumBatchingWindowInSeconds", 0, 300)
            .RequireRange(settings.ParallelizationFactor, "parallelizationFactor", 1, 10)
            .RequireRange(settings.MaximumRecordAgeInSeconds, "maximumRecordAgeInSeconds", -1, 604_800)
            .RequireRange(settings.MaximumRetryAttempts, "maximumRetryAttempts", -1, 10_000)
            .RequireRange(settings.TumblingWindowInSeconds, "tumblingWindowInSeconds", 0, 900)
            .RequireOneOf(settings.StartingPosition, "startingPosition", "LATEST", "AT_TIMESTAMP", "TRIM_HORIZON")
            .RequireRange(settings.ScalingConfig?.MaximumConcurrency, "scalingConfig.maximumConcurrency", 2, 1_000)
            .RequireRange(settings.ProvisionedPollerConfig?.MinimumPollers, "provisionedPollerConfig.minimumPollers", 1, 200)
            .RequireRange(settings.ProvisionedPollerConfig?.MaximumPollers, "provisionedPollerConfig.maximumPollers", 1, 2_000)
            .RequireLength(settings.ProvisionedPollerConfig?.PollerGroupName, "provisionedPollerConfig.pollerGroupName", 0, 128)
            .RequireOneOf(settings.LoggingConfig?.SystemLogLevel, "loggingConfig.systemLogLevel", "DEBUG", "INFO", "WARN")
            .RequireEach(settings.MetricsConfig?.Metrics, "metricsConfig.metrics", 0, 3, (one, value, member) =>
                one.RequireOneOf(value, member, "EventCount", "ErrorCount", "KafkaMetrics"))
            .RequireEach(settings.FunctionResponseTypes, "functionResponseTypes", 0, 1, (one, value, member) =>
                one.RequireOneOf(value, member, "ReportBatchItemFailures"))
            .RequireEach(settings.Topics, "topics", 1, 1, (one, value, member) =>
                one.RequireLength(value, member, 1, 249).RequireMatch(value, member, TopicRegex(), TopicPattern))
            .RequireEach(settings.Queues, "queues", 1, 1, (one, value, member) => one.RequireLength(value, member, 1, 1_000))
            .RequireEach(settings.FilterCriteria?.Filters, "filterCriteria.filters", 0, int.MaxValue, (one, filter, member) =>
                one.RequireLength(filter.Pattern, $"{member}.pattern", 0, 4_096));
        CheckDestinations(validation, settings.DestinationConfig);
        CheckAccess(validation, settings);
        CheckKafka(validation, settings.AmazonManagedKafkaEventSourceConfig, "amazonManagedKafkaEventSourceConfig");
        CheckKafka(validation, settings.SelfManagedKafkaEventSourceConfig, "selfManagedKafkaEventSourceConfig");
        CheckDocumentDb(validation, settings.DocumentDbEventSourceConfig);
        validation.ThrowIfAny();
    }

    static void CheckDestinations(Validation validation, MappingDestinations? destinations)
    {
        foreach (var (name, arn) in new[] { ("onSuccess", destinations?.OnSuccess?.Destination), ("onFailure", destinations?.OnFailure?.Destination) })
        {
            var member = $"destinationConfig.{name}.destination";
            validation.RequireLength(arn, member, 0, 350);
            if (!string.IsNullOrEmpty(arn) && !arn.StartsWith("kafka://", StringComparison.Ordinal)) validation.RequireMatch(arn, member, ArnRegex(), ArnPattern);
        }
    }

    static void CheckAccess(Validation validation, MappingSettings settings)
    {
        validation.RequireEach(settings.SourceAccessConfigurations, "sourceAccessConfigurations", 0, 22, (one, access, member) => one
            .RequireOneOf(access.Type, $"{member}.type", "BASIC_AUTH", "VPC_SUBNET", "VPC_SECURITY_GROUP", "SASL_SCRAM_512_AUTH", "SASL_SCRAM_256_AUTH",
                "VIRTUAL_HOST", "CLIENT_CERTIFICATE_TLS_AUTH", "SERVER_ROOT_CA_CERTIFICATE")
            .RequireLength(access.Uri, $"{member}.uRI", 1, 200)
            .RequireMatch(access.Uri, $"{member}.uRI", UriRegex(), UriPattern));
        foreach (var (kind, brokers) in settings.SelfManagedEventSource?.Endpoints ?? new Dictionary<string, IReadOnlyList<string>>())
            validation.RequireOneOf(kind, "selfManagedEventSource.endpoints", "KAFKA_BOOTSTRAP_SERVERS")
                .RequireEach(brokers, $"selfManagedEventSource.endpoints.{kind}", 1, 10, (one, broker, member) =>
                    one.RequireLength(broker, member, 1, 300).RequireMatch(broker, member, BrokerRegex(), BrokerPattern));
    }

    static void CheckKafka(Validation validation, KafkaConsumer? consumer, string member)
    {
        validation.RequireLength(consumer?.ConsumerGroupId, $"{member}.consumerGroupId", 1, 200)
            .RequireMatch(consumer?.ConsumerGroupId, $"{member}.consumerGroupId", UriRegex(), UriPattern)
            .RequireOneOf(consumer?.SchemaRegistryConfig?.EventRecordFormat, $"{member}.schemaRegistryConfig.eventRecordFormat", "JSON", "SOURCE")
            .RequireLength(consumer?.SchemaRegistryConfig?.SchemaRegistryUri, $"{member}.schemaRegistryConfig.schemaRegistryURI", 1, 10_000)
            .RequireEach(consumer?.SchemaRegistryConfig?.SchemaValidationConfigs, $"{member}.schemaRegistryConfig.schemaValidationConfigs", 0, int.MaxValue,
                (one, checkedPart, name) => one.RequireOneOf(checkedPart.Attribute, $"{name}.attribute", "KEY", "VALUE"));
    }

    static void CheckDocumentDb(Validation validation, DocumentDbCollection? collection) => validation
        .RequireLength(collection?.DatabaseName, "documentDBEventSourceConfig.databaseName", 1, 63)
        .RequireLength(collection?.CollectionName, "documentDBEventSourceConfig.collectionName", 1, 57)
        .RequireOneOf(collection?.FullDocument, "documentDBEventSourceConfig.fullDocument", "UpdateLookup", "Default");

    extension(Validation validation)
    {
        Validation RequireMatch(string? value, string member, Regex regex, string pattern) =>
            value is null ? validation : validation.Require(regex.IsMatch(value), value, member, $"Member must satisfy regular expression pattern: {pattern}");

        Validation RequireOneOf(string? value, string member, params ReadOnlySpan<string> allowed) =>
            value is null ? validation : validation.Require(allowed.Contains(value), value, member, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");

        Validation RequireEach<T>(IReadOnlyList<T>? list, string member, int min, int max, Action<Validation, T, string> check)
        {
            if (list is null) return validation;
            var text = $"[{string.Join(", ", list)}]";
            validation.Require(list.Count >= min, text, member, $"Member must have length greater than or equal to {min}")
                .Require(list.Count <= max, text, member, $"Member must have length less than or equal to {max}");
            for (var i = 0; i < list.Count; i++)
            {
                // JSON's null gets past the type that says there is none.
                if (list[i] is null) validation.Require(false, null, $"{member}.{i + 1}.member", "Member must not be null");
                else check(validation, list[i], $"{member}.{i + 1}.member");
            }
            return validation;
        }
    }

    [GeneratedRegex($@"^{ArnPattern}\z")]
    private static partial Regex ArnRegex();

    [GeneratedRegex($@"^{TopicPattern}\z")]
    private static partial Regex TopicRegex();

    [GeneratedRegex($@"^{UriPattern}\z")]
    private static partial Regex UriRegex();

    [GeneratedRegex($@"^{BrokerPattern}\z")]
    private static partial Regex BrokerRegex();
}
