using System.Text;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.S3.Notifications;

namespace Lambray.Resources.Sns;

/// <summary>Topics that S3 tells of what happens in a bucket, in the trace of whoever changed the object.</summary>
/// <param name="server">Where this server is found; links in the messages lead there.</param>
public sealed class NotifiedTopics(TopicDirectory topics, DeliveryAccess access, Func<TopicPublisher> publisher, Func<string> server) : INotificationTarget
{
    const string Principal = "s3.amazonaws.com";
    const string Subject = "Amazon S3 Notification";

    static readonly Dictionary<string, MessageAttribute> NoAttributes = [];

    public string Service => "sns";

    public Task<bool> Accepts(Arn target, Arn bucket) => Task.FromResult(topics.Find(target) is { IsFifo: false } topic && Allows(topic, target, bucket));

    public async Task Deliver(Notification notification)
    {
        var topic = topics.Find(notification.Target) ?? throw SnsErrors.NotFound("Topic");
        // The policy may be another since the bucket was configured.
        if (!Allows(topic, notification.Target, notification.Bucket))
            throw new AwsException("AccessDenied", 403, $"The policy of {notification.Target} does not let S3 publish to it for {notification.Bucket}.");
        var message = new TopicMessage(Encoding.UTF8.GetString(notification.Message.Span), null, NoAttributes)
        {
            Subject = Subject,
            TraceHeader = notification.Trace.Root is null ? null : notification.Trace.ToString(),
            Server = server(),
        };
        TopicMessageRules.Require(topic, message);
        await publisher().PublishAsync(topic, message);
    }

    bool Allows(Topic topic, Arn target, Arn bucket) => access.Allows(topic.Policy, Principal, "sns:Publish", target, bucket);
}
