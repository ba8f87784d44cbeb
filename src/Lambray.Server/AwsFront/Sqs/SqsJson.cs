using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Resources.Messaging;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>The JSON of SQS, made at compile time: absent fields left out, numbers as text too, as queries have them.</summary>
[JsonSerializable(typeof(QueueRequest))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(ReceiveMessageRequest))]
[JsonSerializable(typeof(MoveTaskRequest))]
[JsonSerializable(typeof(QueueUrlAnswer))]
[JsonSerializable(typeof(QueueUrlsAnswer))]
[JsonSerializable(typeof(SourceQueuesAnswer))]
[JsonSerializable(typeof(AttributesAnswer))]
[JsonSerializable(typeof(QueueTagsAnswer))]
[JsonSerializable(typeof(SendMessageAnswer))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(ReceiveMessageAnswer))]
[JsonSerializable(typeof(MoveTaskAnswer))]
[JsonSerializable(typeof(MoveTasksAnswer))]
[JsonSerializable(typeof(JsonElement))]
sealed partial class SqsJson : JsonSerializerContext
{
    public static SqsJson Wire { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>What requests about a queue as a whole have: each operation reads its own fields of these.</summary>
sealed record QueueRequest
{
    public string? QueueUrl { get; init; }

    public string? QueueName { get; init; }

    public string? QueueOwnerAWSAccountId { get; init; }

    public string? QueueNamePrefix { get; init; }

    public string? NextToken { get; init; }

    public int? MaxResults { get; init; }

    public Dictionary<string, string>? Attributes { get; init; }

    public IReadOnlyList<string>? AttributeNames { get; init; }

    /// <summary>CreateQueue writes it small in JSON.</summary>
    [JsonPropertyName("tags")]
    public Dictionary<string, string>? NewTags { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public IReadOnlyList<string>? TagKeys { get; init; }

    public string? Label { get; init; }

    [JsonPropertyName("AWSAccountIds")]
    public IReadOnlyList<string>? AccountIds { get; init; }

    public IReadOnlyList<string>? Actions { get; init; }

    public string? ReceiptHandle { get; init; }

    public int? VisibilityTimeout { get; init; }
}

record SendMessageRequest
{
    public string? QueueUrl { get; init; }

    public string? MessageBody { get; init; }

    public int? DelaySeconds { get; init; }

    public Dictionary<string, AttributeWire>? MessageAttributes { get; init; }

    public Dictionary<string, AttributeWire>? MessageSystemAttributes { get; init; }

    public string? MessageDeduplicationId { get; init; }

    public string? MessageGroupId { get; init; }
}

/// <summary>An entry of any of the three batches.</summary>
sealed record BatchEntry : SendMessageRequest
{
    public string? Id { get; init; }

    public string? ReceiptHandle { get; init; }

    public int? VisibilityTimeout { get; init; }
}

sealed record BatchRequest(string? QueueUrl, IReadOnlyList<BatchEntry>? Entries);

sealed record ReceiveMessageRequest
{
    public string? QueueUrl { get; init; }

    public IReadOnlyList<string>? AttributeNames { get; init; }

    public IReadOnlyList<string>? MessageSystemAttributeNames { get; init; }

    public IReadOnlyList<string>? MessageAttributeNames { get; init; }

    public int? MaxNumberOfMessages { get; init; }

    public int? VisibilityTimeout { get; init; }

    public int? WaitTimeSeconds { get; init; }

    public string? ReceiveRequestAttemptId { get; init; }
}

sealed record MoveTaskRequest(string? SourceArn, string? DestinationArn, int? MaxNumberOfMessagesPerSecond, string? TaskHandle, int? MaxResults);

sealed record AttributeWire(string? DataType, string? StringValue, byte[]? BinaryValue)
{
    public static AttributeWire Of(MessageAttribute attribute) => new(attribute.DataType, attribute.Text, attribute.Binary);

    public MessageAttribute ToAttribute() => new(DataType ?? "", BinaryValue is { Length: > 0 } && StringValue is null ? null : StringValue, BinaryValue);
}

sealed record QueueUrlAnswer(string QueueUrl);

sealed record QueueUrlsAnswer(IReadOnlyList<string>? QueueUrls, string? NextToken);

sealed record SourceQueuesAnswer([property: JsonPropertyName("queueUrls")] IReadOnlyList<string> QueueUrls, string? NextToken);

sealed record AttributesAnswer(IReadOnlyDictionary<string, string>? Attributes);

sealed record QueueTagsAnswer(IReadOnlyDictionary<string, string>? Tags);

sealed record SendMessageAnswer
{
    /// <summary>In a batch, the entry's.</summary>
    public string? Id { get; init; }

    public string? MessageId { get; init; }

    public string? MD5OfMessageBody { get; init; }

    public string? MD5OfMessageAttributes { get; init; }

    public string? MD5OfMessageSystemAttributes { get; init; }

    public string? SequenceNumber { get; init; }
}

sealed record BatchAnswer(IReadOnlyList<SendMessageAnswer> Successful, IReadOnlyList<BatchError> Failed);

sealed record BatchError(string Id, bool SenderFault, string Code, string Message);

sealed record ReceiveMessageAnswer(IReadOnlyList<ReceivedWire>? Messages);

sealed record ReceivedWire
{
    public required string MessageId { get; init; }

    public required string ReceiptHandle { get; init; }

    public required string MD5OfBody { get; init; }

    public required string Body { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public string? MD5OfMessageAttributes { get; init; }

    public IReadOnlyDictionary<string, AttributeWire>? MessageAttributes { get; init; }
}

sealed record MoveTaskAnswer(string? TaskHandle, long? ApproximateNumberOfMessagesMoved);

sealed record MoveTasksAnswer(IReadOnlyList<MoveTaskWire> Results);

sealed record MoveTaskWire
{
    public string? TaskHandle { get; init; }

    public required string Status { get; init; }

    public required string SourceArn { get; init; }

    public string? DestinationArn { get; init; }

    public int? MaxNumberOfMessagesPerSecond { get; init; }

    public long ApproximateNumberOfMessagesMoved { get; init; }

    public long ApproximateNumberOfMessagesToMove { get; init; }

    public string? FailureReason { get; init; }

    public long StartedTimestamp { get; init; }
}
