using System.Globalization;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sqs;

/// <summary>The system attributes of a received message, as ReceiveMessage and Lambda's events show them.</summary>
public static class ReceivedAttributes
{
    public static IEnumerable<KeyValuePair<string, string>> Of(ReceivedMessage received, bool isFifo)
    {
        var message = received.Message;
        yield return new("ApproximateReceiveCount", received.ReceiveCount.ToString(CultureInfo.InvariantCulture));
        if (message.TraceHeader is { } trace) yield return new("AWSTraceHeader", trace);
        yield return new("SentTimestamp", Milliseconds(message.Sent));
        if (isFifo) yield return new("SequenceNumber", FifoNumber.Of(message.Sequence));
        if (message.GroupId is { } group) yield return new("MessageGroupId", group);
        yield return new("SenderId", message.SenderId);
        if (isFifo && message.DeduplicationId is { } deduplication) yield return new("MessageDeduplicationId", deduplication);
        yield return new("ApproximateFirstReceiveTimestamp", Milliseconds(received.FirstReceived));
        if (message.DeadLetterSource is { } source) yield return new("DeadLetterQueueSourceArn", source);
    }

    static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
