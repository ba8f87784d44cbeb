using System.Text;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.S3.Notifications;

namespace Lambray.Resources.Sqs;

/// <summary>Queues that S3 tells of what happens in a bucket, in the trace of whoever changed the object.</summary>
public sealed class NotifiedQueues(QueueDirectory queues, DeliveryAccess access) : INotificationTarget
{
    const string Sender = "s3.amazonaws.com";

    public string Service => "sqs";

    // S3 does not know groups.
    public Task<bool> Accepts(Arn target, Arn bucket) => Task.FromResult(queues.Find(target) is { Config.IsFifo: false } queue && Allows(queue, target, bucket));

    public async Task Deliver(Notification notification)
    {
        var queue = queues.Find(notification.Target) ?? throw SqsErrors.QueueDoesNotExist();
        // The policy may be another since the bucket was configured.
        if (!Allows(queue, notification.Target, notification.Bucket))
            throw new AwsException("AccessDenied", 403, $"The policy of {notification.Target} does not let S3 send to it for {notification.Bucket}.");
        var message = new NewMessage(Encoding.UTF8.GetString(notification.Message.Span))
        {
            TraceHeader = notification.Trace.Root is null ? null : notification.Trace.ToString(),
            SenderId = Sender,
        };
        MessageRules.Require(queue.Config, message);
        await queue.SendAsync([message]);
    }

    bool Allows(MessageQueue queue, Arn target, Arn bucket) => access.Allows(queue.Config.Policy, Sender, "sqs:SendMessage", target, bucket);
}
