using Lambray.Aws;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>Sends what a subscription does not take to the queue that its redrive policy names.</summary>
public sealed partial class TopicDeadLetters(SubscribedQueues queues, TopicMetrics metrics, AwsHome home, ILogger<TopicDeadLetters> logger)
{
    internal async Task BuryAsync(Topic topic, Subscription subscription, TopicMessage message)
    {
        if (subscription.DeadLetterTarget is not { } target) return;
        try
        {
            await queues.SendAsync(topic, subscription, message, target);
            metrics.Redriven(topic);
        }
        catch (AwsException error)
        {
            metrics.NotRedriven(topic);
            LogNotBuried(target.ToString(), subscription.Arn(home).ToString(), error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dead-letter queue {Queue} of subscription {Subscription} did not take a message")]
    partial void LogNotBuried(string queue, string subscription, Exception error);
}
