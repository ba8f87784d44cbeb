using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Resources.S3.Notifications;

/// <summary>The segments of buckets, which AWS does not write: only where the full causal chain is asked for. From the change of an object until the target was told.</summary>
public sealed class BucketTraces(CausalChain chain, PassedServices services)
{
    /// <summary>The notification in the trace as it goes on from the bucket, and what to call when it is delivered; null when nothing is written.</summary>
    internal (Notification Onward, Action? End) Begin(Notification notification, DateTimeOffset since)
    {
        if (!chain.IsFull) return (notification, null);
        var (header, end) = services.Begin(
            notification.Trace, notification.Bucket.Resource, "AWS::S3::Bucket", notification.Bucket,
            () => JsonSerializer.SerializeToElement(new BucketAws(notification.Bucket.Resource, notification.Target.ToString()), BucketAwsJson.Default.BucketAws), since);
        return (notification with { Trace = header }, end);
    }
}

sealed record BucketAws(string BucketName, string Target);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BucketAws))]
sealed partial class BucketAwsJson : JsonSerializerContext;
