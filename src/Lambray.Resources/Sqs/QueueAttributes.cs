using System.Globalization;
using Lambray.Aws;
using Lambray.Resources.Iam;

namespace Lambray.Resources.Sqs;

/// <summary>What can be set of a queue, what it is when nobody has, and what it may be ("SetQueueAttributes" in the API reference).</summary>
public static class QueueAttributes
{
    public const string VisibilityTimeout = nameof(VisibilityTimeout);
    public const string MaximumMessageSize = nameof(MaximumMessageSize);
    public const string MessageRetentionPeriod = nameof(MessageRetentionPeriod);
    public const string DelaySeconds = nameof(DelaySeconds);
    public const string ReceiveMessageWaitTimeSeconds = nameof(ReceiveMessageWaitTimeSeconds);
    public const string Policy = nameof(Policy);
    public const string RedrivePolicy = nameof(RedrivePolicy);
    public const string RedriveAllowPolicy = nameof(RedriveAllowPolicy);
    public const string FifoQueue = nameof(FifoQueue);
    public const string ContentBasedDeduplication = nameof(ContentBasedDeduplication);
    public const string DeduplicationScope = nameof(DeduplicationScope);

    const string FifoThroughputLimit = nameof(FifoThroughputLimit);
    const string KmsMasterKeyId = nameof(KmsMasterKeyId);
    const string KmsDataKeyReusePeriodSeconds = nameof(KmsDataKeyReusePeriodSeconds);
    const string SqsManagedSseEnabled = nameof(SqsManagedSseEnabled);

    static readonly HashSet<string> FifoOnly = [FifoQueue, ContentBasedDeduplication, DeduplicationScope, FifoThroughputLimit];

    static readonly HashSet<string> Removable = [Policy, RedrivePolicy, RedriveAllowPolicy, KmsMasterKeyId];

    // What a caller can only read.
    static readonly HashSet<string> Computed =
    [
        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed", "CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
    ];

    static readonly HashSet<string> Settable =
    [
        VisibilityTimeout, MaximumMessageSize, MessageRetentionPeriod, DelaySeconds, ReceiveMessageWaitTimeSeconds, Policy, RedrivePolicy, RedriveAllowPolicy, FifoQueue,
        ContentBasedDeduplication, DeduplicationScope, FifoThroughputLimit, KmsMasterKeyId, KmsDataKeyReusePeriodSeconds, SqsManagedSseEnabled,
    ];

    public static bool IsKnown(string name) => Settable.Contains(name) || Computed.Contains(name);

    /// <summary>All attributes of a new queue.</summary>
    /// <exception cref="AwsException">InvalidAttributeName or InvalidAttributeValue.</exception>
    public static IReadOnlyDictionary<string, string> OfNew(IReadOnlyDictionary<string, string> asked)
    {
        // A queue is not FIFO by being told that it is not: AWS takes true or nothing.
        if (asked.TryGetValue(FifoQueue, out var fifo) && fifo != "true") throw SqsErrors.InvalidAttributeName(FifoQueue);
        var isFifo = asked.ContainsKey(FifoQueue);
        Dictionary<string, string> attributes = new()
        {
            [VisibilityTimeout] = "30",
            [MaximumMessageSize] = "1048576",
            [MessageRetentionPeriod] = "345600",
            [DelaySeconds] = "0",
            [ReceiveMessageWaitTimeSeconds] = "0",
            [SqsManagedSseEnabled] = "true",
        };
        if (isFifo)
        {
            attributes[FifoQueue] = "true";
            attributes[ContentBasedDeduplication] = "false";
            attributes[DeduplicationScope] = "queue";
            attributes[FifoThroughputLimit] = "perQueue";
        }
        return Change(attributes, asked, isFifo);
    }

    /// <summary>A queue's attributes with some of them set anew; an empty text takes away what need not be there.</summary>
    /// <exception cref="AwsException">InvalidAttributeName or InvalidAttributeValue.</exception>
    public static IReadOnlyDictionary<string, string> Change(IReadOnlyDictionary<string, string> current, IReadOnlyDictionary<string, string> asked, bool isFifo)
    {
        var changed = new Dictionary<string, string>(current);
        foreach (var (name, value) in asked)
        {
            // JSON's null gets past the type that says there is none.
            if (value is null) throw SqsErrors.InvalidAttributeValue(name);
            if (!isFifo && FifoOnly.Contains(name)) throw SqsErrors.InvalidAttributeName(name);
            if (name == FifoQueue && value != "true") throw SqsErrors.InvalidAttributeValue(name);
            if (value.Length == 0 && Removable.Contains(name)) changed.Remove(name);
            else changed[name] = Checked(name, value);
        }
        if (changed.ContainsKey(KmsMasterKeyId))
        {
            changed[SqsManagedSseEnabled] = "false";
            changed.TryAdd(KmsDataKeyReusePeriodSeconds, "300");
        }
        if (changed.GetValueOrDefault(FifoThroughputLimit) == "perMessageGroupId" && changed[DeduplicationScope] != "messageGroup")
            throw SqsErrors.InvalidAttributeValue(FifoThroughputLimit);
        return changed;
    }

    static string Checked(string name, string value) => name switch
    {
        VisibilityTimeout => Number(name, value, 0, 43_200),
        MaximumMessageSize => Number(name, value, 1_024, 1_048_576),
        MessageRetentionPeriod => Number(name, value, 60, 1_209_600),
        DelaySeconds => Number(name, value, 0, 900),
        ReceiveMessageWaitTimeSeconds => Number(name, value, 0, 20),
        KmsDataKeyReusePeriodSeconds => Number(name, value, 60, 86_400),
        ContentBasedDeduplication or FifoQueue or SqsManagedSseEnabled => OneOf(name, value.ToLowerInvariant(), "true", "false"),
        DeduplicationScope => OneOf(name, value, "queue", "messageGroup"),
        FifoThroughputLimit => OneOf(name, value, "perQueue", "perMessageGroupId"),
        KmsMasterKeyId => value,
        Policy => CheckedPolicy(value),
        RedrivePolicy => Sqs.RedrivePolicy.Parse(value) is null ? throw InvalidRedrive(value) : value,
        RedriveAllowPolicy => RedriveAllowText.Parse(value) is null ? throw SqsErrors.InvalidAttributeValue(name) : value,
        _ => throw SqsErrors.InvalidAttributeName(name),
    };

    static string Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw SqsErrors.InvalidAttributeValue(name);

    static string OneOf(string name, string value, string first, string second) => value == first || value == second ? value : throw SqsErrors.InvalidAttributeValue(name);

    static string CheckedPolicy(string value)
    {
        try
        {
            ResourcePolicy.Parse(value);
            return value;
        }
        catch (AwsException)
        {
            throw SqsErrors.InvalidAttributeValue(Policy);
        }
    }

    static AwsException InvalidRedrive(string value) => SqsErrors.InvalidValue(
        value, RedrivePolicy, "Redrive policy is not a valid JSON map with deadLetterTargetArn and a maxReceiveCount between 1 and 1000.");
}
