using Lambray.Resources.Sqs;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>DeleteMessage and ChangeMessageVisibility, alone and in batches.</summary>
static class ReceiptOperations
{
    const int VisibilitySecondsMax = 43_200;

    public static async Task DeleteMessage(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        await SqsDoor.Queue(http, request.QueueUrl).DeleteAsync(request.ReceiptHandle);
        await SqsDoor.WriteNothingAsync(http);
    }

    public static async Task ChangeMessageVisibility(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.QueueRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        await queue.ChangeVisibilityAsync(request.ReceiptHandle, Visibility(request.VisibilityTimeout ?? throw SqsErrors.Missing("VisibilityTimeout")));
        await SqsDoor.WriteNothingAsync(http);
    }

    public static Task DeleteMessageBatch(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.BatchRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        return BatchEntries.EachAsync(http, BatchEntries.Require(request, "DeleteMessageBatchRequestEntry"), entry => queue.DeleteAsync(entry.ReceiptHandle));
    }

    public static Task ChangeMessageVisibilityBatch(HttpContext http)
    {
        var request = SqsDoor.Read(http, SqsJson.Wire.BatchRequest);
        var queue = SqsDoor.Queue(http, request.QueueUrl);
        return BatchEntries.EachAsync(http, BatchEntries.Require(request, "ChangeMessageVisibilityBatchRequestEntry"), entry =>
            queue.ChangeVisibilityAsync(entry.ReceiptHandle, Visibility(entry.VisibilityTimeout ?? throw SqsErrors.Missing("VisibilityTimeout"))));
    }

    /// <exception cref="Aws.AwsException">It is longer than 12 hours, or negative.</exception>
    public static TimeSpan Visibility(int seconds) => seconds is >= 0 and <= VisibilitySecondsMax
        ? TimeSpan.FromSeconds(seconds)
        : throw SqsErrors.InvalidValue(seconds, "VisibilityTimeout", $"Must be >= 0 and <= {VisibilitySecondsMax}, if provided.");
}
