using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;
using Lambray.Tracing.Segments;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>SendMessage and SendMessageBatch.</summary>
static class SendOperations
{
    const string TraceAttribute = "AWSTraceHeader";
    const int BatchBytesMax = 1_048_576;

    // JSON's null gets past the type that says there is none.
    static readonly MessageAttribute Missing = new("", null, null);

    public static async Task SendMessage(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.SendMessageRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        var message = MessageOf(http, request);
        MessageRules.Require(queue.Config, message);
        var sent = await queue.SendAsync([message]);
        await SqsDoor.WriteAsync(http, AnswerOf(request, message, sent[0]), SqsJson.Wire.SendMessageAnswer);
    }

    public static async Task SendMessageBatch(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.BatchRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        var entries = BatchEntries.Require(request, "SendMessageBatchRequestEntry");
        var good = new List<(BatchEntry Entry, NewMessage Message)>(entries.Count);
        var failed = new List<BatchError>();
        var bytes = 0;
        foreach (var entry in entries)
        {
            try
            {
                var message = MessageOf(http, entry);
                bytes += MessageRules.Bytes(message);
                MessageRules.Require(queue.Config, message);
                good.Add((entry, message));
            }
            catch (AwsException error)
            {
                failed.Add(BatchEntries.Refused(http, entry, error));
            }
        }
        if (bytes > BatchBytesMax)
            throw new AwsException("BatchRequestTooLong", 400, $"Batch requests cannot be longer than {BatchBytesMax} bytes. You have sent {bytes} bytes.");
        var sent = good.Count == 0 ? [] : await queue.SendAsync([.. good.Select(one => one.Message)]);
        var answers = good.Zip(sent, (one, answer) => AnswerOf(one.Entry, one.Message, answer) with { Id = one.Entry.Id });
        await SqsDoor.WriteAsync(http, new BatchAnswer([.. answers], failed), SqsJson.Wire.BatchAnswer);
    }

    static NewMessage MessageOf(HttpContext http, SendMessageRequest request)
    {
        if (request.MessageBody is null) throw SqsErrors.Missing("MessageBody");
        return new NewMessage(request.MessageBody, Attributes(request.MessageAttributes))
        {
            TraceHeader = TraceHeaderOf(http, request),
            Delay = request.DelaySeconds is { } delay ? TimeSpan.FromSeconds(delay) : null,
            GroupId = request.MessageGroupId,
            DeduplicationId = request.MessageDeduplicationId,
            SenderId = AwsCall.Of(http).Scope?.AccessKeyId ?? SqsDoor.Home(http).AccountId,
        };
    }

    // The attribute wins; without it a traced request's header goes along ("Amazon SQS and AWS X-Ray").
    static string? TraceHeaderOf(HttpContext http, SendMessageRequest request)
    {
        foreach (var (name, attribute) in request.MessageSystemAttributes ?? [])
        {
            if (name != TraceAttribute) throw SqsErrors.InvalidValue($"Message system attribute name '{name}' is invalid.");
            if (attribute?.DataType != "String" || string.IsNullOrEmpty(attribute.StringValue))
                throw SqsErrors.InvalidValue($"The message system attribute '{name}' must be a non-empty string.");
            return attribute.StringValue;
        }
        var header = TraceHeader.Parse(http.Request.Headers[TraceHeader.Name]);
        return header.Root is null ? null : header.ToString();
    }

    static Dictionary<string, MessageAttribute> Attributes(Dictionary<string, AttributeWire>? attributes) =>
        (attributes ?? []).ToDictionary(attribute => attribute.Key, attribute => attribute.Value?.ToAttribute() ?? Missing, StringComparer.Ordinal);

    static SendMessageAnswer AnswerOf(SendMessageRequest request, NewMessage message, SentMessage sent) => new()
    {
        MessageId = sent.Id.ToString(),
        MD5OfMessageBody = MessageAttribute.Md5(message.Body),
        MD5OfMessageAttributes = message.Attributes.Count == 0 ? null : MessageAttribute.Md5(message.Attributes),
        MD5OfMessageSystemAttributes = request.MessageSystemAttributes is { Count: > 0 } system ? MessageAttribute.Md5(Attributes(system)) : null,
        SequenceNumber = sent.Sequence,
    };
}
