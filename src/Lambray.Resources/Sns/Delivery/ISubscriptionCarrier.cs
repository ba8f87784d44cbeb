using Lambray.Aws;

namespace Lambray.Resources.Sns.Delivery;

/// <summary>Takes messages to the endpoints of one kind of subscription.</summary>
public interface ISubscriptionCarrier
{
    /// <summary>As subscriptions name it: <c>lambda</c>, <c>http</c>, <c>https</c>. No two carriers serve the same one.</summary>
    IReadOnlyList<string> Protocols { get; }

    /// <summary>Delivers; when the task says so the message is safe with the endpoint. One may be delivered twice, after a crash.</summary>
    Task<DeliveryOutcome> DeliverAsync(Arn topic, Subscription subscription, TopicMessage message, CancellationToken stop);
}

/// <summary>What became of one delivery.</summary>
public enum DeliveryOutcome
{
    Delivered,

    /// <summary>The endpoint does not take it, now or later: it is not there, or does not let the topic in.</summary>
    Refused,

    /// <summary>It may go better another time.</summary>
    Failed,
}
