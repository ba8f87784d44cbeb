using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sns;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Topics as targets.</summary>
/// <param name="server">Where this server is found; links in the messages lead there.</param>
public sealed class TopicTarget(TopicDirectory topics, DeliveryAccess access, Func<TopicPublisher> publisher, Func<string> server) : ITargetCarrier
{
    const string Principal = "events.amazonaws.com";

    static readonly Dictionary<string, MessageAttribute> NoAttributes = [];

    public string Service => "sns";

    public async Task DeliverAsync(TargetDelivery delivery, CancellationToken stop)
    {
        var topic = topics.Find(delivery.TargetArn) ?? throw SnsErrors.NotFound("Topic");
        if (!access.Allows(topic.Policy, Principal, "sns:Publish", delivery.TargetArn, delivery.Rule))
            throw new AwsException("NO_PERMISSIONS", 403, $"The policy of {delivery.TargetArn} does not let EventBridge publish to it for {delivery.Rule}.");
        var message = new TopicMessage(delivery.Input, null, NoAttributes)
        {
            TraceHeader = delivery.TraceHeader,
            Server = server(),
            GroupId = topic.IsFifo ? delivery.Target.SqsParameters?.MessageGroupId : null,
            DeduplicationId = topic.IsFifo ? delivery.Event.Id.ToString() : null,
        };
        TopicMessageRules.Require(topic, message);
        await publisher().PublishAsync(topic, message);
    }
}
