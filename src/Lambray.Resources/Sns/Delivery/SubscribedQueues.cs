using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>Sends what is published to queues of this server, for subscriptions and as their dead letters.</summary>
public sealed class SubscribedQueues(QueueDirectory queues, DeliveryAccess access, NotificationText text, AwsHome home)
{
    const string Sender = "sns.amazonaws.com";

    /// <summary>The message is safe in the queue when the task completes.</summary>
    /// <exception cref="AwsException">The queue is not there, does not let the topic in, or does not take such a message.</exception>
    internal Task SendAsync(Topic topic, Subscription subscription, TopicMessage message, Arn target)
    {
        var queue = queues.Find(target) ?? throw SqsErrors.QueueDoesNotExist();
        if (!access.Allows(queue.Config.Policy, Sender, "sqs:SendMessage", target, topic.Arn(home)))
            throw new AwsException("AccessDenied", 403, $"The policy of {target} does not let SNS send to it for {topic.Arn(home)}.");
        var sent = text.ToQueue(topic, subscription, message, queue.Config.IsFifo);
        MessageRules.Require(queue.Config, sent);
        return queue.SendAsync([sent]);
    }
}
