using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.Sns;

/// <summary>A topic as its owner set it: immutable, replaced whole by every change.</summary>
/// <param name="Attributes">What can be set and has been, as the API writes it.</param>
/// <param name="DataProtection">The data protection policy, kept and shown.</param>
public sealed record Topic(string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, string> Tags, string? DataProtection, DateTimeOffset Created)
{
    public const string FifoSuffix = ".fifo";

    [JsonIgnore]
    public bool IsFifo => Name.EndsWith(FifoSuffix, StringComparison.Ordinal);

    [JsonIgnore]
    public bool DeduplicatesByContent => Attributes.GetValueOrDefault("ContentBasedDeduplication") == "true";

    [JsonIgnore]
    public bool DeduplicatesByGroup => Attributes.GetValueOrDefault("FifoThroughputScope") == "MessageGroup";

    [JsonIgnore]
    public bool IsTraced => Attributes.GetValueOrDefault("TracingConfig") == "Active";

    /// <summary>Null for the one that every topic begins with, by which only its owner may do something.</summary>
    [JsonIgnore]
    public string? Policy => Attributes.GetValueOrDefault(TopicAttributes.Policy);

    public Arn Arn(AwsHome home) => home.Regional("sns", Name);
}

/// <summary>Who gets what is published to a topic, and how.</summary>
/// <param name="Id">The last part of its ARN.</param>
/// <param name="Token">What a recipient confirms it with; null once that has been done.</param>
/// <param name="NeedsOwner">Confirmed with AuthenticateOnUnsubscribe: nobody unsubscribes it by a link.</param>
public sealed record Subscription(
    Guid Id, string Topic, string Protocol, string Endpoint, IReadOnlyDictionary<string, string> Attributes, string? Token, bool NeedsOwner, DateTimeOffset Created)
{
    public const string Pending = "PendingConfirmation";

    // A copy with other attributes has another filter, which every message is held against.
    public IReadOnlyDictionary<string, string> Attributes { get; init => (field, Filter) = (value, FilterPolicy.Of(value)); } = Attributes;

    [JsonIgnore]
    public bool IsConfirmed => Token is null;

    [JsonIgnore]
    public bool IsRaw => Attributes.GetValueOrDefault(SubscriptionAttributes.RawMessageDelivery) == "true";

    /// <summary>Null for what takes everything.</summary>
    [JsonIgnore]
    public FilterPolicy? Filter { get; private init; } = FilterPolicy.Of(Attributes);

    /// <summary>Where what cannot be delivered goes; null for nowhere.</summary>
    [JsonIgnore]
    public Arn? DeadLetterTarget => SubscriptionAttributes.DeadLetterTarget(Attributes.GetValueOrDefault(SubscriptionAttributes.RedrivePolicy));

    public Arn Arn(AwsHome home) => home.Regional("sns", $"{Topic}:{Id}");
}

[JsonSerializable(typeof(Topic))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(RedriveTargetText))]
sealed partial class SnsStoreJson : JsonSerializerContext;
