using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.EventPatterns;

namespace Lambray.Resources.Sns;

/// <summary>Which messages a subscription takes ("Amazon SNS subscription filter policies").</summary>
public sealed class FilterPolicy
{
    public const string ByAttributes = "MessageAttributes";
    public const string ByBody = "MessageBody";

    // The product of the numbers of conditions of all fields, which grows fast with nesting.
    const int CombinationsMax = 150;
    const int FieldsMax = 5;

    readonly EventPattern pattern;
    readonly bool isOfBody;

    FilterPolicy(EventPattern pattern, bool isOfBody) => (this.pattern, this.isOfBody) = (pattern, isOfBody);

    public static FilterPolicy? Of(IReadOnlyDictionary<string, string> attributes) =>
        attributes.TryGetValue(SubscriptionAttributes.FilterPolicy, out var json) && EventPattern.TryParse(json, out var pattern, PatternDialect.Subscriptions)
            ? new FilterPolicy(pattern, attributes.GetValueOrDefault(SubscriptionAttributes.FilterPolicyScope) == ByBody)
            : null;

    /// <exception cref="AwsException">InvalidParameter: it is no policy, or none of this scope.</exception>
    public static void Require(string json, string scope)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            throw SnsErrors.Invalid("FilterPolicy: failed to parse JSON.");
        }
        if (root.ValueKind != JsonValueKind.Object) throw SnsErrors.Invalid("FilterPolicy: Filter policy must be a JSON object");
        if (scope == ByAttributes && root.EnumerateObject().FirstOrDefault(field => field.Value.ValueKind == JsonValueKind.Object) is { Value.ValueKind: JsonValueKind.Object })
            throw SnsErrors.Invalid("FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy");
        if (!EventPattern.TryParse(json, out _, PatternDialect.Subscriptions))
            throw SnsErrors.Invalid("FilterPolicy: every field must be an object or an array of conditions: a value, exists, prefix, suffix, wildcard, equals-ignore-case, anything-but, numeric or cidr");
        var (fields, combinations) = Size(root);
        if (fields > FieldsMax) throw SnsErrors.Invalid("FilterPolicy: Filter policy can not have more than 5 keys");
        if (combinations > CombinationsMax) throw SnsErrors.Invalid("FilterPolicy: Filter policy is too complex");
    }

    public bool Fits(TopicMessage message) => isOfBody ? FitsBody(message.Body) : pattern.Fits(message.AttributesJson);

    // A body that is no JSON object fits no policy.
    bool FitsBody(string body)
    {
        try
        {
            var json = JsonElement.Parse(body);
            return json.ValueKind == JsonValueKind.Object && pattern.Fits(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static (int Fields, long Combinations) Size(JsonElement node, int depth = 1)
    {
        var (fields, combinations) = (0, 1L);
        foreach (var field in node.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object)
            {
                var inner = Size(field.Value, depth + 1);
                (fields, combinations) = (fields + inner.Fields, combinations * inner.Combinations);
            }
            else if (field.Value.ValueKind == JsonValueKind.Array)
            {
                fields++;
                combinations *= Math.Max(1, field.Value.GetArrayLength()) * depth;
            }
            if (combinations > CombinationsMax) break;
        }
        return (fields, combinations);
    }
}
