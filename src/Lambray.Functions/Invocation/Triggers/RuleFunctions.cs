using System.Text;
using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Policies;
using Lambray.Resources.EventBridge.Delivery;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.Invocation.Triggers;

/// <summary>Functions that EventBridge's rules send events to: asynchronous invocations, in the trace of whoever put the event.</summary>
public sealed class RuleFunctions(FunctionPolicies policies, Invoker invoker, AwsHome home, TimeProvider time) : ITargetCarrier
{
    const string Principal = "events.amazonaws.com";

    public string Service => "lambda";

    /// <summary>The event is in the function's queue, and on disk, when the task completes.</summary>
    public async Task DeliverAsync(TargetDelivery delivery, CancellationToken stop)
    {
        delivery.RequireJson();
        var function = FunctionName.Parse(delivery.TargetArn.ToString(), qualifier: null, home);
        if (policies.Find(function)?.AllowsInvocation(Principal, delivery.Rule, home.AccountId) != true)
            throw new AwsException("NO_PERMISSIONS", 403, $"The policy of {delivery.TargetArn} does not let EventBridge invoke it for {delivery.Rule}.");
        await invoker.EnqueueAsync(new InvokeRequest(
            function, Guid.NewGuid().ToString(), Encoding.UTF8.GetBytes(delivery.Input), TraceHeader.Parse(delivery.TraceHeader), ClientContext: null, time.GetUtcNow()));
    }
}
