using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.Sns;

/// <summary>What can be set of a subscription ("SetSubscriptionAttributes" in the API reference).</summary>
public static class SubscriptionAttributes
{
    public const string RawMessageDelivery = nameof(RawMessageDelivery);
    public const string FilterPolicy = nameof(FilterPolicy);
    public const string FilterPolicyScope = nameof(FilterPolicyScope);
    public const string RedrivePolicy = nameof(RedrivePolicy);
    public const string DeliveryPolicy = nameof(DeliveryPolicy);

    internal const string DeadLetterTargetArn = "deadLetterTargetArn";

    /// <summary>A subscription's attributes with some of them set anew; empty ones are taken away.</summary>
    /// <exception cref="AwsException">InvalidParameter.</exception>
    public static IReadOnlyDictionary<string, string> Change(
        string protocol, IReadOnlyDictionary<string, string> current, IEnumerable<KeyValuePair<string, string>> asked)
    {
        var changed = new Dictionary<string, string>(current);
        foreach (var (name, value) in asked)
        {
            var kept = Checked(protocol, name, value);
            if (kept.Length == 0) changed.Remove(name);
            else changed[name] = kept;
        }
        if (changed.TryGetValue(FilterPolicy, out var filter))
        {
            var scope = changed.GetValueOrDefault(FilterPolicyScope) ?? Sns.FilterPolicy.ByAttributes;
            Sns.FilterPolicy.Require(filter, scope);
            changed[FilterPolicyScope] = scope;
        }
        return changed;
    }

    internal static Arn? DeadLetterTarget(string? policy)
    {
        if (policy is null) return null;
        try
        {
            return Arn.TryParse(JsonSerializer.Deserialize(policy, SnsStoreJson.Default.RedriveTargetText)?.Target, out var arn) && arn.Service == "sqs" ? arn : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string Checked(string protocol, string name, string value)
    {
        switch (name)
        {
            case RawMessageDelivery:
                var flag = value.ToLowerInvariant();
                if (flag is not ("true" or "false")) throw SnsErrors.Invalid($"Attributes Reason: RawMessageDelivery: Invalid value [{value}]. Must be true or false.");
                if (flag == "true" && protocol is not ("sqs" or "http" or "https" or "firehose"))
                    throw SnsErrors.Invalid("Attributes Reason: RawMessageDelivery is not supported for this protocol.");
                return flag;
            case FilterPolicyScope:
                return value is Sns.FilterPolicy.ByAttributes or Sns.FilterPolicy.ByBody
                    ? value
                    : throw SnsErrors.Invalid($"FilterPolicyScope: Invalid value [{value}]. Please use either MessageBody or MessageAttributes");
            case FilterPolicy:
                // An empty policy takes everything.
                return value is "{}" or "" ? "" : value;
            case RedrivePolicy:
                if (value.Length > 0) RequireRedrivePolicy(value);
                return value;
            case DeliveryPolicy:
                if (value.Length > 0) Sns.DeliveryPolicy.Parse(value, "Attributes");
                return value;
            case "SubscriptionRoleArn" or "ReplayPolicy":
                return value;
            default:
                throw SnsErrors.Invalid("AttributeName");
        }
    }

    // Whoever takes it for a queue's, with a count of receipts, is told so.
    static void RequireRedrivePolicy(string json)
    {
        try
        {
            var policy = JsonElement.Parse(json);
            if (policy.ValueKind != JsonValueKind.Object) throw SnsErrors.Invalid("RedrivePolicy: failed to parse JSON.");
            foreach (var attribute in policy.EnumerateObject())
                if (attribute.Name != DeadLetterTargetArn) throw SnsErrors.Invalid($"RedrivePolicy: invalid JSON. Attribute {attribute.Name} is unknown.");
        }
        catch (JsonException)
        {
            throw SnsErrors.Invalid("RedrivePolicy: failed to parse JSON.");
        }
        if (DeadLetterTarget(json) is null) throw SnsErrors.Invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn");
    }
}

sealed record RedriveTargetText([property: JsonPropertyName(SubscriptionAttributes.DeadLetterTargetArn)] string? Target);
