using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>A form in which requests come and answers go: JSON 1.0, or forms and XML, which are translated into the same JSON.</summary>
abstract class SqsProtocol
{
    static readonly SqsJsonProtocol Json = new();
    static readonly SqsQueryProtocol Query = new();

    // In queries they have names of their own, which clients of the newer protocol are told too.
    static readonly Dictionary<string, string> QueryCodes = new()
    {
        ["QueueDoesNotExist"] = "AWS.SimpleQueueService.NonExistentQueue",
        ["QueueNameExists"] = "QueueAlreadyExists",
        ["InvalidParameterValueException"] = "InvalidParameterValue",
        ["MissingRequiredParameterException"] = "MissingParameter",
        ["RequestThrottled"] = "AWS.SimpleQueueService.RequestThrottled",
        ["ServiceException"] = "InternalError",
        ["BatchEntryIdsNotDistinct"] = "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        ["BatchRequestTooLong"] = "AWS.SimpleQueueService.BatchRequestTooLong",
        ["EmptyBatchRequest"] = "AWS.SimpleQueueService.EmptyBatchRequest",
        ["InvalidBatchEntryId"] = "AWS.SimpleQueueService.InvalidBatchEntryId",
        ["TooManyEntriesInBatchRequest"] = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        ["PurgeQueueInProgress"] = "AWS.SimpleQueueService.PurgeQueueInProgress",
        ["MessageNotInflight"] = "AWS.SimpleQueueService.MessageNotInflight",
        ["UnsupportedOperation"] = "AWS.SimpleQueueService.UnsupportedOperation",
    };

    public static SqsProtocol Of(HttpContext http) => http.Request.Headers.ContainsKey("X-Amz-Target") ? Json : Query;

    public static string QueryCodeOf(string code) => QueryCodes.GetValueOrDefault(code, code);

    /// <exception cref="AwsException">SerializationException or the like, for what is not of this form.</exception>
    public abstract Task<SqsRequest> ReadAsync(HttpContext http);

    /// <param name="answer">Null for an operation that has nothing to say.</param>
    public abstract Task WriteAsync(HttpContext http, string operation, JsonElement? answer);

    public abstract Task WriteErrorAsync(HttpContext http, AwsException error);

    /// <summary>An error's code inside an answer, where a batch went well in part.</summary>
    public abstract string EntryCode(AwsException error);
}

sealed record SqsRequest(string Operation, ReadOnlyMemory<byte> Fields) : TranslatedRequest(Operation, Fields)
{
    /// <summary>Which queue it was for, once that is known; shown in traces.</summary>
    public string? QueueUrl { get; set; }
}
