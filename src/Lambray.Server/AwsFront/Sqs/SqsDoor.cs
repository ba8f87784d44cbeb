using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lambray.Aws;
using Lambray.Resources.Sqs;
using Lambray.Server.AwsFront.Downstream;
using Lambray.Server.AwsFront.Forwarding;
using Microsoft.AspNetCore.Http.Features;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>The door of SQS, in the two protocols that clients choose among; see <see cref="SqsProtocol"/>.</summary>
public static class SqsDoor
{
    // A batch of 1 MB grows when it is escaped.
    const long RequestBytesMax = 8 * 1024 * 1024;

    static readonly FrozenDictionary<string, RequestDelegate> Operations = new Dictionary<string, RequestDelegate>
    {
        ["CreateQueue"] = QueueOperations.CreateQueue,
        ["DeleteQueue"] = QueueOperations.DeleteQueue,
        ["GetQueueUrl"] = QueueOperations.GetQueueUrl,
        ["ListQueues"] = QueueOperations.ListQueues,
        ["ListDeadLetterSourceQueues"] = QueueOperations.ListDeadLetterSourceQueues,
        ["PurgeQueue"] = QueueOperations.PurgeQueue,
        ["GetQueueAttributes"] = AttributeOperations.GetQueueAttributes,
        ["SetQueueAttributes"] = AttributeOperations.SetQueueAttributes,
        ["AddPermission"] = AttributeOperations.AddPermission,
        ["RemovePermission"] = AttributeOperations.RemovePermission,
        ["TagQueue"] = AttributeOperations.TagQueue,
        ["UntagQueue"] = AttributeOperations.UntagQueue,
        ["ListQueueTags"] = AttributeOperations.ListQueueTags,
        ["SendMessage"] = SendOperations.SendMessage,
        ["SendMessageBatch"] = SendOperations.SendMessageBatch,
        ["ReceiveMessage"] = ReceiveOperation.ReceiveMessage,
        ["DeleteMessage"] = ReceiptOperations.DeleteMessage,
        ["DeleteMessageBatch"] = ReceiptOperations.DeleteMessageBatch,
        ["ChangeMessageVisibility"] = ReceiptOperations.ChangeMessageVisibility,
        ["ChangeMessageVisibilityBatch"] = ReceiptOperations.ChangeMessageVisibilityBatch,
        ["StartMessageMoveTask"] = MoveOperations.StartMessageMoveTask,
        ["CancelMessageMoveTask"] = MoveOperations.CancelMessageMoveTask,
        ["ListMessageMoveTasks"] = MoveOperations.ListMessageMoveTasks,
    }.ToFrozenDictionary();

    public static readonly ServiceFront Front = new(
        AwsService.Sqs, Map, (http, error) => SqsProtocol.Of(http).WriteErrorAsync(http, error), RequestBytesMax, OperationOf: _ => null)
    {
        Downstream = new DownstreamForm("SQS", Describe),
        Forwarding = new ForwardingForm(SqsForwarding.Name, (target, time) => new SqsForwarding(target, time).ServeAsync),
    };

    /// <inheritdoc cref="TranslatedRequest.Read"/>
    internal static T Read<T>(HttpContext http, JsonTypeInfo<T> type) where T : class => http.Features.GetRequiredFeature<SqsRequest>().Read(type);

    internal static Task WriteAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> type) => SqsProtocol.Of(http).WriteAsync(
        http, http.Features.GetRequiredFeature<SqsRequest>().Operation, JsonSerializer.SerializeToElement(answer, type));

    internal static Task WriteNothingAsync(HttpContext http) =>
        SqsProtocol.Of(http).WriteAsync(http, http.Features.GetRequiredFeature<SqsRequest>().Operation, answer: null);

    internal static QueueDirectory Queues(HttpContext http) => http.RequestServices.GetRequiredService<QueueDirectory>();

    internal static AwsHome Home(HttpContext http) => http.RequestServices.GetRequiredService<AwsHome>();

    /// <summary>The queue that a request is for.</summary>
    /// <exception cref="AwsException">QueueDoesNotExist.</exception>
    internal static MessageQueue Queue(HttpContext http, string? url)
    {
        http.Features.GetRequiredFeature<SqsRequest>().QueueUrl = url;
        if (url is null) throw SqsErrors.Missing("QueueUrl");
        return Queues(http).Get(QueueNames.OfUrl(url, Home(http)));
    }

    /// <summary>A queue's address, at the host by which this caller has reached the server: so it works from wherever it was asked for.</summary>
    internal static string UrlOf(HttpContext http, MessageQueue queue) => $"{http.Request.Scheme}://{http.Request.Host}/{Home(http).AccountId}/{queue.Config.Name}";

    static void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/", Serve);
        // A queue's own address.
        routes.Map("/{account}/{name}", Serve);
    }

    static async Task Serve(HttpContext http)
    {
        var request = await SqsProtocol.Of(http).ReadAsync(http);
        http.Features.Set(request);
        if (!Operations.TryGetValue(request.Operation, out var operation))
            throw new AwsException("NotImplemented", StatusCodes.Status501NotImplemented, $"{request.Operation} of SQS is not available on this server.");
        await operation(http);
    }

    // As the X-Ray SDKs record these calls.
    static DownstreamDescription Describe(HttpContext http)
    {
        var request = http.Features.Get<SqsRequest>();
        return new DownstreamDescription(request?.Operation, ("queue_url", request?.QueueUrl));
    }
}
