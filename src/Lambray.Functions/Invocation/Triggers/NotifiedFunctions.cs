using Lambray.Aws;
using Lambray.Functions.Registry;
using Lambray.Functions.Registry.Policies;
using Lambray.Resources.S3.Notifications;

namespace Lambray.Functions.Invocation.Triggers;

/// <summary>Functions that S3 tells of what happens in a bucket: asynchronous invocations, in the trace of whoever changed the object.</summary>
public sealed class NotifiedFunctions(FunctionPolicies policies, Invoker invoker, AwsHome home, TimeProvider time) : INotificationTarget
{
    const string Principal = "s3.amazonaws.com";

    public string Service => "lambda";

    public Task<bool> Accepts(Arn target, Arn bucket) => Task.FromResult(Allows(target, bucket));

    /// <summary>The event is in the function's queue, and on disk, when the task completes.</summary>
    public async Task Deliver(Notification notification)
    {
        // The permission may have been taken back since the bucket was configured.
        if (!Allows(notification.Target, notification.Bucket))
            throw new AwsException("AccessDeniedException", 403, $"The policy of {notification.Target} does not let S3 invoke it for {notification.Bucket}.");
        await invoker.EnqueueAsync(new InvokeRequest(
            NameOf(notification.Target), Guid.NewGuid().ToString(), notification.Message, notification.Trace, ClientContext: null, time.GetUtcNow()));
    }

    bool Allows(Arn target, Arn bucket)
    {
        try
        {
            return policies.Find(NameOf(target))?.AllowsInvocation(Principal, bucket, home.AccountId) == true;
        }
        // It is no function's ARN, or one of another account or region.
        catch (AwsException)
        {
            return false;
        }
    }

    FunctionName NameOf(Arn target) => FunctionName.Parse(target.ToString(), qualifier: null, home);
}
