using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Policies;
using Lambray.Resources.Sns;
using Lambray.Resources.Sns.Delivery;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation.Triggers;

/// <summary>Functions that have subscribed to topics: asynchronous invocations, in the trace of whoever published.</summary>
public sealed class SubscribedFunctions(TopicDirectory topics, FunctionPolicies policies, Invoker invoker, NotificationText text, AwsHome home, TimeProvider time)
    : ISubscriptionCarrier
{
    const string Principal = "sns.amazonaws.com";
    const int TooManyRequests = 429;

    public IReadOnlyList<string> Protocols { get; } = ["lambda"];

    /// <summary>The event is in the function's queue, and on disk, when it is delivered.</summary>
    public async Task<DeliveryOutcome> DeliverAsync(Arn topic, Subscription subscription, TopicMessage message, CancellationToken stop)
    {
        if (topics.Find(topic) is not { } found) return DeliveryOutcome.Refused;
        try
        {
            var function = FunctionName.Parse(subscription.Endpoint, qualifier: null, home);
            if (policies.Find(function)?.AllowsInvocation(Principal, topic, home.AccountId) != true) return DeliveryOutcome.Refused;
            await invoker.EnqueueAsync(new InvokeRequest(
                function, Guid.NewGuid().ToString(), text.LambdaEvent(found, subscription, message), TraceHeader.Parse(message.TraceHeader), ClientContext: null, time.GetUtcNow()));
            return DeliveryOutcome.Delivered;
        }
        catch (AwsException error)
        {
            return error.Status is >= 400 and < 500 and not TooManyRequests ? DeliveryOutcome.Refused : DeliveryOutcome.Failed;
        }
    }
}
