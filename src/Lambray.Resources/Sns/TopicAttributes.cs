using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.Iam;

namespace Lambray.Resources.Sns;

/// <summary>What can be set of a topic ("SetTopicAttributes" in the API reference).</summary>
public static partial class TopicAttributes
{
    internal const string Policy = nameof(Policy);
    const string FifoTopic = nameof(FifoTopic);

    static readonly HashSet<string> Kept =
    [
        "DisplayName", "KmsMasterKeyId", "ArchivePolicy",
        .. from protocol in (string[])["HTTP", "Firehose", "Lambda", "Application", "SQS"]
           from kind in (string[])["SuccessFeedbackRoleArn", "SuccessFeedbackSampleRate", "FailureFeedbackRoleArn"]
           select protocol + kind,
    ];

    static readonly HashSet<string> FifoOnly = ["ContentBasedDeduplication", "FifoThroughputScope", "ArchivePolicy"];

    /// <exception cref="AwsException">InvalidParameter: name and attributes do not make a topic.</exception>
    public static IReadOnlyDictionary<string, string> OfNew(string? name, IReadOnlyDictionary<string, string> asked)
    {
        var isFifo = asked.GetValueOrDefault(FifoTopic)?.ToLowerInvariant() == "true";
        if (name is null || !(isFifo ? FifoName() : StandardName()).IsMatch(name))
            throw SnsErrors.Invalid(isFifo
                ? "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long."
                : "Topic Name");
        var attributes = new Dictionary<string, string>();
        if (isFifo)
        {
            attributes[FifoTopic] = "true";
            attributes["ContentBasedDeduplication"] = "false";
        }
        foreach (var (attribute, value) in asked)
            if (attribute != FifoTopic) attributes[attribute] = Checked(attribute, value, isFifo);
        return attributes;
    }

    /// <exception cref="AwsException">InvalidParameter.</exception>
    public static IReadOnlyDictionary<string, string> Change(Topic topic, string? name, string? value)
    {
        if (string.IsNullOrEmpty(name)) throw SnsErrors.Invalid("AttributeName");
        if (name == FifoTopic) throw SnsErrors.Invalid("AttributeName");
        var changed = new Dictionary<string, string>(topic.Attributes) { [name] = Checked(name, value ?? "", topic.IsFifo) };
        if (string.IsNullOrEmpty(value)) changed.Remove(name);
        return changed;
    }

    /// <summary>All that GetTopicAttributes shows, but how many subscriptions there are.</summary>
    public static Dictionary<string, string> Shown(Topic topic, AwsHome home)
    {
        var arn = topic.Arn(home).ToString();
        Dictionary<string, string> shown = new()
        {
            ["TopicArn"] = arn,
            ["Owner"] = home.AccountId,
            [Policy] = DefaultPolicy(arn, home.AccountId),
            ["DisplayName"] = "",
            ["EffectiveDeliveryPolicy"] = DeliveryPolicy.Default,
        };
        foreach (var (name, value) in topic.Attributes) shown[name] = value;
        if (topic.Attributes.GetValueOrDefault("DeliveryPolicy") is { } policy) shown["EffectiveDeliveryPolicy"] = policy;
        return shown;
    }

    /// <summary>The owner may do everything: what a topic has until another policy is set.</summary>
    public static string DefaultPolicy(string topic, string account) => $$"""
        {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"{{topic}}","Condition":{"StringEquals":{"AWS:SourceOwner":"{{account}}"} } }]}
        """.Replace("} }", "}}", StringComparison.Ordinal).Trim();

    static string Checked(string name, string value, bool isFifo)
    {
        if (!isFifo && FifoOnly.Contains(name)) throw SnsErrors.Invalid("Attributes Reason: FIFO-only attribute on a standard topic");
        switch (name)
        {
            case Policy:
                if (value.Length > 0) RequirePolicy(value);
                return value;
            case "DeliveryPolicy":
                if (value.Length > 0) DeliveryPolicy.Parse(value, "DeliveryPolicy");
                return value;
            case "TracingConfig":
                return value is "Active" or "PassThrough" or "" ? value : throw SnsErrors.Invalid("Attributes Reason: TracingConfig must be Active or PassThrough");
            case "SignatureVersion":
                return value is "1" or "2" or "" ? value : throw SnsErrors.Invalid("SignatureVersion");
            case "ContentBasedDeduplication":
                return value.ToLowerInvariant() is "true" or "false" ? value.ToLowerInvariant() : throw SnsErrors.Invalid("ContentBasedDeduplication");
            case "FifoThroughputScope":
                return value is "Topic" or "MessageGroup" ? value : throw SnsErrors.Invalid("FifoThroughputScope");
            case var _ when name.EndsWith("SampleRate", StringComparison.Ordinal) && Kept.Contains(name):
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate <= 100 ? value : throw SnsErrors.Invalid(name);
            case var _ when Kept.Contains(name):
                return value;
            default:
                throw SnsErrors.Invalid("AttributeName");
        }
    }

    static void RequirePolicy(string value)
    {
        try
        {
            ResourcePolicy.Parse(value);
        }
        catch (AwsException error)
        {
            throw SnsErrors.Invalid($"Policy statement is not valid: {error.Message}");
        }
        catch (JsonException)
        {
            throw SnsErrors.Invalid("Policy failed to parse");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,256}\z")]
    private static partial Regex StandardName();

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,251}\.fifo\z")]
    private static partial Regex FifoName();
}
