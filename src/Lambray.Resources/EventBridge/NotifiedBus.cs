using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.S3.Notifications;

namespace Lambray.Resources.EventBridge;

/// <summary>The default bus, which S3 tells what happens in the buckets that are configured so ("Using EventBridge" in the S3 User Guide).</summary>
public sealed class NotifiedBus(EventRouter router, AwsHome home, TimeProvider time) : INotificationTarget
{
    public string Service => "events";

    // It is always there, and nobody has to let S3 in.
    public Task<bool> Accepts(Arn target, Arn bucket) => Task.FromResult(true);

    public Task Deliver(Notification notification)
    {
        using var message = JsonDocument.Parse(notification.Message);
        var root = message.RootElement;
        return router.RouteAsync(EventBus.Default, new BusEvent(
            Guid.NewGuid(), "aws.s3", root.GetProperty("detail-type").GetString()!, root.GetProperty("detail").GetRawText(),
            root.TryGetProperty("time", out var at) ? at.GetDateTimeOffset() : time.GetUtcNow(), [notification.Bucket.ToString()])
        {
            Home = home,
            TraceHeader = notification.Trace.Root is null ? null : notification.Trace.ToString(),
        });
    }
}
