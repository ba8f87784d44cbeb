using System.Text;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.S3.Notifications;

namespace Lambray.Resources.Sns;

/// <summary>Topics that S3 tells of what happens in a bucket, in the trace of whoever changed the object.</summary>
/// <param name="server">Where this server is found; links in the messages lead there.</param>
public sealed class NotifiedTopics(TopicDirectory topics, Func<TopicPublisher> publisher, Func<string> server) : INotificationTarget
{
    const string Subject = "Amazon S3 Notification";

    static readonly Dictionary<string, MessageAttribute> NoAttributes = [];

    public string Service => "sns";

    public Task<bool> Accepts(Arn target, Arn bucket) => Task.FromResult(topics.Find(target) is { IsFifo: false });

    public async Task Deliver(Notification notification)
    {
        var topic = topics.Find(notification.Target) ?? throw SnsErrors.NotFound("Topic");
        var message = new TopicMessage(Encoding.UTF8.GetString(notification.Message.Span), null, NoAttributes)
        {
            Subject = Subject,
            TraceHeader = notification.Trace.Root is null ? null : notification.Trace.ToString(),
            Server = server(),
        };
        TopicMessageRules.Require(topic, message);
        await publisher().PublishAsync(topic, message);
    }
}
