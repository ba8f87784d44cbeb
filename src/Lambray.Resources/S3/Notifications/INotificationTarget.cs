using Lambray.Aws;
using Lambray.Tracing.Segments;

namespace Lambray.Resources.S3.Notifications;

/// <summary>A service that S3 can tell what happens to objects: functions, queues, topics, event buses.</summary>
public interface INotificationTarget
{
    /// <summary>The service in the ARNs that it takes: <c>lambda</c>, <c>sqs</c>, <c>sns</c>, <c>events</c>. No two targets serve the same one.</summary>
    string Service { get; }

    /// <summary>Whether a target is there and its policy lets S3 deliver from this bucket. Asked before a bucket's configuration is kept.</summary>
    /// <param name="bucket">The bucket's ARN, <c>aws:SourceArn</c> of the policy's conditions; the account is <c>aws:SourceAccount</c>.</param>
    Task<bool> Accepts(Arn target, Arn bucket);

    /// <summary>Delivers; when the task completes the message is safe with the target. One may be delivered twice, after a crash.</summary>
    /// <exception cref="AwsException">
    /// A status below 500, but 429: the target does not take it, and it is given up, as S3 does. Any other exception: it is tried again later.
    /// </exception>
    Task Deliver(Notification notification);
}

/// <summary>One message for one target.</summary>
/// <param name="Bucket">The bucket's ARN.</param>
/// <param name="Message">JSON: <c>{"Records":[…]}</c>, or a test event.</param>
/// <param name="Trace">That of the request which caused it, as S3 passes it on; empty when there was none.</param>
public sealed record Notification(Arn Target, Arn Bucket, ReadOnlyMemory<byte> Message, TraceHeader Trace);
