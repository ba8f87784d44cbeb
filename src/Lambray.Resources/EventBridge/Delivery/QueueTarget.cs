using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>Queues as targets; one that keeps an order gets each event once, in the group that the target names.</summary>
public sealed class QueueTarget(QueueDirectory queues, DeliveryAccess access) : ITargetCarrier
{
    const string Sender = "events.amazonaws.com";

    public string Service => "sqs";

    public async Task DeliverAsync(TargetDelivery delivery, CancellationToken stop)
    {
        var queue = queues.Find(delivery.TargetArn) ?? throw new AwsException("NO_RESOURCE", 404, $"{delivery.TargetArn} is not there.");
        if (!access.Allows(queue.Config.Policy, Sender, "sqs:SendMessage", delivery.TargetArn, delivery.Rule))
            throw new AwsException("NO_PERMISSIONS", 403, $"The policy of {delivery.TargetArn} does not let EventBridge send to it for {delivery.Rule}.");
        var message = new NewMessage(delivery.Input)
        {
            TraceHeader = delivery.TraceHeader,
            GroupId = delivery.Target.SqsParameters?.MessageGroupId,
            DeduplicationId = queue.Config.IsFifo ? delivery.Event.Id.ToString() : null,
            SenderId = Sender,
        };
        MessageRules.Require(queue.Config, message);
        await queue.SendAsync([message]);
    }
}
