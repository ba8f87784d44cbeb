using System.Globalization;
using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.Sqs;

/// <summary>A queue as its owner set it: immutable, replaced whole by every change.</summary>
/// <param name="Number">Under which its messages are filed.</param>
/// <param name="Attributes">All that can be set and has a value, defaults included, as the API writes them.</param>
public sealed record QueueConfig(
    string Name, long Number, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> Tags, DateTimeOffset Created, DateTimeOffset Modified)
{
    // A copy with other attributes has another policy, which is asked for at every receipt.
    public IReadOnlyDictionary<string, string> Attributes { get; init => (field, Redrive) = (value, RedriveOf(value)); } = Attributes;

    [JsonIgnore]
    public bool IsFifo => Name.EndsWith(QueueNames.FifoSuffix, StringComparison.Ordinal);

    [JsonIgnore]
    public TimeSpan VisibilityTimeout => Seconds(QueueAttributes.VisibilityTimeout);

    [JsonIgnore]
    public TimeSpan Delay => Seconds(QueueAttributes.DelaySeconds);

    [JsonIgnore]
    public TimeSpan ReceiveWait => Seconds(QueueAttributes.ReceiveMessageWaitTimeSeconds);

    [JsonIgnore]
    public TimeSpan Retention => Seconds(QueueAttributes.MessageRetentionPeriod);

    [JsonIgnore]
    public int MessageBytesMax => Number32(QueueAttributes.MaximumMessageSize);

    [JsonIgnore]
    public bool DeduplicatesByContent => Attributes.GetValueOrDefault(QueueAttributes.ContentBasedDeduplication) == "true";

    [JsonIgnore]
    public bool DeduplicatesByGroup => Attributes.GetValueOrDefault(QueueAttributes.DeduplicationScope) == "messageGroup";

    /// <summary>Where messages go that were received too often; null when nowhere.</summary>
    [JsonIgnore]
    public RedrivePolicy? Redrive { get; private init; } = RedriveOf(Attributes);

    /// <summary>Null when it has none.</summary>
    [JsonIgnore]
    public string? Policy => Attributes.GetValueOrDefault(QueueAttributes.Policy);

    public Arn Arn(AwsHome home) => home.Regional("sqs", Name);

    static RedrivePolicy? RedriveOf(IReadOnlyDictionary<string, string> attributes) => RedrivePolicy.Parse(attributes.GetValueOrDefault(QueueAttributes.RedrivePolicy));

    TimeSpan Seconds(string attribute) => TimeSpan.FromSeconds(Number32(attribute));

    int Number32(string attribute) => int.Parse(Attributes[attribute], CultureInfo.InvariantCulture);
}

[JsonSerializable(typeof(QueueConfig))]
[JsonSerializable(typeof(RedrivePolicyText))]
[JsonSerializable(typeof(MoveTask))]
sealed partial class SqsStoreJson : JsonSerializerContext;
