using System.Text;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sqs;

/// <summary>What a queue takes ("SendMessage" in the API reference).</summary>
public static partial class MessageRules
{
    const int AttributesMax = 10;
    const int DelaySecondsMax = 900;

    /// <exception cref="AwsException">In AWS's words why the queue does not take the message.</exception>
    public static void Require(QueueConfig queue, NewMessage message)
    {
        if (message.Body.Length == 0) throw SqsErrors.Missing("MessageBody");
        if (!HasOnlyValidCharacters(message.Body))
            throw new AwsException("InvalidMessageContents", 400,
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
        CheckAttributes(message.Attributes);
        var bytes = Bytes(message);
        if (bytes > queue.MessageBytesMax)
            throw SqsErrors.InvalidValue($"One or more parameters are invalid. Reason: Message must be shorter than {queue.MessageBytesMax} bytes.");
        if (message.Delay is { } delay && delay.TotalSeconds is < 0 or > DelaySecondsMax)
            throw SqsErrors.InvalidValue(message.Delay.Value.TotalSeconds, "DelaySeconds", $"DelaySeconds must be >= 0 and <= {DelaySecondsMax}.");
        CheckId(message.GroupId, "MessageGroupId");
        CheckId(message.DeduplicationId, "MessageDeduplicationId");
        if (queue.IsFifo) CheckFifo(queue, message);
        else if (message.DeduplicationId is not null)
            throw SqsErrors.InvalidValue(message.DeduplicationId, "MessageDeduplicationId", "The request includes a parameter that is not valid for this queue type");
    }

    /// <summary>The body and the attributes; the trace header is free.</summary>
    public static int Bytes(NewMessage message) =>
        Encoding.UTF8.GetByteCount(message.Body) + message.Attributes.Sum(attribute => attribute.Value.Bytes(attribute.Key));

    static void CheckAttributes(IReadOnlyDictionary<string, MessageAttribute> attributes)
    {
        if (attributes.Count > AttributesMax)
            throw SqsErrors.InvalidValue($"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [{AttributesMax}].");
        foreach (var (name, attribute) in attributes)
            if (AttributeRules.Refusal(name, attribute) is { } refusal) throw SqsErrors.InvalidValue(refusal);
    }

    static void CheckFifo(QueueConfig queue, NewMessage message)
    {
        if (message.GroupId is null) throw SqsErrors.Missing("MessageGroupId");
        if (message.Delay > TimeSpan.Zero)
            throw SqsErrors.InvalidValue(message.Delay.Value.TotalSeconds, "DelaySeconds", "The request include parameter that is not valid for this queue type.");
        if (message.DeduplicationId is null && !queue.DeduplicatesByContent)
            throw SqsErrors.InvalidValue("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
    }

    static void CheckId(string? id, string parameter)
    {
        if (id is not null && !IdRegex().IsMatch(id))
            throw SqsErrors.InvalidValue(id, parameter, $"{parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }

    // Those that XML has.
    static bool HasOnlyValidCharacters(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is not ('\t' or '\n' or '\r') && (rune.Value < 0x20 || rune.Value is 0xFFFE or 0xFFFF)) return false;
        return true;
    }

    [GeneratedRegex(@"^[A-Za-z0-9!""#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]{1,128}\z")]
    private static partial Regex IdRegex();
}
