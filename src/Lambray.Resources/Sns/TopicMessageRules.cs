using System.Text;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sns;

/// <summary>What a topic takes ("Publish" in the API reference).</summary>
public static class TopicMessageRules
{
    public const int BytesMax = 262_144;
    const int SubjectLengthMax = 100;
    const int IdLengthMax = 128;

    /// <summary>The texts for single protocols, when the message has such a structure.</summary>
    /// <exception cref="AwsException">InvalidParameter.</exception>
    public static (string Body, IReadOnlyDictionary<string, string>? ByProtocol) Structure(string message, string? structure)
    {
        if (structure is null) return (message, null);
        if (structure != "json") throw SnsErrors.Invalid("MessageStructure");
        try
        {
            var json = JsonElement.Parse(message);
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("default", out var otherwise) || otherwise.ValueKind != JsonValueKind.String)
                throw SnsErrors.Invalid("Message Structure - No default entry in JSON message body");
            var texts = json.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).ToDictionary(field => field.Name, field => field.Value.GetString()!);
            return (otherwise.GetString()!, texts);
        }
        catch (JsonException)
        {
            throw SnsErrors.Invalid("Message Structure - JSON message body failed to parse");
        }
    }

    /// <exception cref="AwsException">InvalidParameter, or ParameterValueInvalid for an attribute.</exception>
    public static void Require(Topic topic, TopicMessage message)
    {
        if (message.Body.Length == 0) throw SnsErrors.Invalid("Empty message");
        if (message.Subject is { } subject && (subject.Length is 0 or > SubjectLengthMax || subject.Any(char.IsControl))) throw SnsErrors.Invalid("Subject");
        foreach (var (name, attribute) in message.Attributes) RequireAttribute(name, attribute);
        if (Bytes(message) > BytesMax) throw SnsErrors.Invalid("Message too long");
        if (message.DeduplicationId is { Length: 0 or > IdLengthMax }) throw SnsErrors.Invalid("MessageDeduplicationId");
        if (message.GroupId is { Length: 0 or > IdLengthMax }) throw SnsErrors.Invalid("MessageGroupId");
        if (!topic.IsFifo)
        {
            if (message.DeduplicationId is not null) throw SnsErrors.Invalid("MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type");
            return;
        }
        if (message.GroupId is null) throw SnsErrors.Invalid("The MessageGroupId parameter is required for FIFO topics");
        if (message.DeduplicationId is null && !topic.DeduplicatesByContent)
            throw SnsErrors.Invalid("The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
    }

    public static int Bytes(TopicMessage message) => Encoding.UTF8.GetByteCount(message.Body) + message.Attributes.Sum(attribute => attribute.Value.Bytes(attribute.Key));

    static void RequireAttribute(string name, MessageAttribute attribute)
    {
        // SNS has lists, which SQS has not.
        if (attribute.DataType == "String.Array")
        {
            if (!IsList(attribute.Text)) throw Refused($"The message attribute '{name}' with type 'String.Array' must be a list of strings, numbers, true, false and null.");
            return;
        }
        if (AttributeRules.Refusal(name, attribute) is { } refusal) throw Refused(refusal);
    }

    static bool IsList(string? text)
    {
        try
        {
            var json = JsonElement.Parse(text ?? "");
            return json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static AwsException Refused(string message) => new("ParameterValueInvalid", 400, message);
}
