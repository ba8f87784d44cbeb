using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>ReceiveMessage, long polling included.</summary>
static class ReceiveOperation
{
    const int MessagesMax = 10;
    const int WaitSecondsMax = 20;

    public static async Task ReceiveMessage(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.ReceiveMessageRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        if (request.MaxNumberOfMessages is < 1 or > MessagesMax)
            throw SqsErrors.InvalidValue(request.MaxNumberOfMessages, "MaxNumberOfMessages", $"Must be between 1 and {MessagesMax}, if provided.");
        if (request.WaitTimeSeconds is < 0 or > WaitSecondsMax)
            throw SqsErrors.InvalidValue(request.WaitTimeSeconds, "WaitTimeSeconds", $"Must be >= 0 and <= {WaitSecondsMax}, if provided.");
        var visibility = request.VisibilityTimeout is { } seconds ? ReceiptOperations.Visibility(seconds) : queue.Config.VisibilityTimeout;
        var wait = request.WaitTimeSeconds is { } waited ? TimeSpan.FromSeconds(waited) : queue.Config.ReceiveWait;
        var lifetime = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var attempt = queue.Config.IsFifo ? request.ReceiveRequestAttemptId : null;
        var messages = await ReceiveAsync(queue, request.MaxNumberOfMessages ?? 1, visibility, wait, attempt, stop.Token);
        var answer = new ReceiveMessageAnswer(messages.Count == 0 ? null : [.. messages.Select(message => Wire(message, request, queue.Config.IsFifo))]);
        await SqsDoor.WriteAsync(http, answer, SqsJson.Wire.ReceiveMessageAnswer);
    }

    // A server that stops ends long polls as if their time were over.
    static async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(MessageQueue queue, int most, TimeSpan visibility, TimeSpan wait, string? attempt, CancellationToken stop)
    {
        try
        {
            return await queue.ReceiveAsync(most, visibility, wait, attempt, stop);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    static ReceivedWire Wire(ReceivedMessage received, ReceiveMessageRequest request, bool isFifo)
    {
        var message = received.Message;
        var system = SystemAttributes(received, isFifo, [.. request.AttributeNames ?? [], .. request.MessageSystemAttributeNames ?? []]);
        var attributes = message.Attributes.Where(attribute => IsWanted(attribute.Key, request.MessageAttributeNames)).ToDictionary();
        return new ReceivedWire
        {
            MessageId = message.Id.ToString(),
            ReceiptHandle = received.ReceiptHandle,
            MD5OfBody = MessageAttribute.Md5(message.Body),
            Body = message.Body,
            Attributes = system.Count == 0 ? null : system,
            // Of those that are given, so that the receiver can check it.
            MD5OfMessageAttributes = attributes.Count == 0 ? null : MessageAttribute.Md5(attributes),
            MessageAttributes = attributes.Count == 0 ? null : attributes.ToDictionary(attribute => attribute.Key, attribute => AttributeWire.Of(attribute.Value)),
        };
    }

    static Dictionary<string, string> SystemAttributes(ReceivedMessage received, bool isFifo, string[] wanted) => ReceivedAttributes.Of(received, isFifo)
        .Where(attribute => wanted.Contains("All") || wanted.Contains(attribute.Key)).ToDictionary();

    // By name, by "All" or ".*", or by the beginning of a name: "shop.*".
    static bool IsWanted(string name, IReadOnlyList<string>? wanted) => wanted?.Any(pattern =>
        pattern is "All" or ".*" || pattern == name || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern[..^1], StringComparison.Ordinal))) == true;
}
