using System.Text;
using Lambray.Aws;
using Lambray.Resources.S3.Notifications;

namespace Lambray.Resources.Sqs;

/// <summary>Queues that S3 tells of what happens in a bucket, in the trace of whoever changed the object.</summary>
public sealed class NotifiedQueues(QueueDirectory queues) : INotificationTarget
{
    const string Sender = "s3.amazonaws.com";

    public string Service => "sqs";

    // S3 does not know groups.
    public Task<bool> Accepts(Arn target, Arn bucket) => Task.FromResult(queues.Find(target) is { Config.IsFifo: false });

    public async Task Deliver(Notification notification)
    {
        var queue = queues.Find(notification.Target) ?? throw SqsErrors.QueueDoesNotExist();
        var message = new NewMessage(Encoding.UTF8.GetString(notification.Message.Span))
        {
            TraceHeader = notification.Trace.Root is null ? null : notification.Trace.ToString(),
            SenderId = Sender,
        };
        MessageRules.Require(queue.Config, message);
        await queue.SendAsync([message]);
    }
}
