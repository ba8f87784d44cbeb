using Lambray.Aws;
using Lambray.Resources.S3.Settings;

namespace Lambray.Resources.S3.Notifications;

/// <summary>Whom each bucket tells of what happens in it.</summary>
public sealed class BucketNotifications(
    BucketStore buckets, BucketSettings settings, ObjectChanges changes, IEnumerable<INotificationTarget> targets, TimeProvider time)
{
    readonly Dictionary<string, INotificationTarget> byService = targets.ToDictionary(target => target.Service);

    /// <exception cref="AwsException">NoSuchBucket.</exception>
    public NotificationConfig Get(string bucket) => NotificationConfig.Read(settings.Find(bucket, NotificationConfig.SettingName));

    /// <summary>Replaces a bucket's configuration, and sends queues and topics in it a test event.</summary>
    /// <param name="checksTargets">Whether each target must be there and accept what S3 delivers.</param>
    /// <exception cref="AwsException">NoSuchBucket or InvalidArgument.</exception>
    public async Task Put(string bucket, NotificationConfig config, bool checksTargets, RequestOrigin origin)
    {
        var owner = buckets.GetBucket(bucket);
        config.Check();
        foreach (var rule in config.Rules) await CheckTarget(owner, rule, checksTargets);
        var tested = config.Rules.Select(rule => rule.Target).Where(IsTested).Distinct().ToList();
        await changes.Write(change =>
        {
            BucketStore.Require(change.Connection, bucket);
            SettingRows.Put(change.Connection, bucket, NotificationConfig.SettingName, "", config.Write());
            foreach (var target in tested) change.Tell(target, owner, EventMessage.OfTest(owner, origin, time.GetUtcNow()), origin, time.GetUtcNow());
            return true;
        });
    }

    async Task CheckTarget(Bucket bucket, NotificationRule rule, bool checksTargets)
    {
        if (!Arn.TryParse(rule.Target, out var target)) throw new ArgumentException("The configuration has not been checked.", nameof(rule));
        if (target.Region.Length > 0 && target.Region != bucket.Region)
            throw S3Errors.InvalidArgument("The notification destination service region is not valid for the bucket location constraint");
        if (!checksTargets) return;
        if (!byService.TryGetValue(target.Service, out var service) || !await service.Accepts(target, bucket.Arn))
            throw S3Errors.InvalidArgument("Unable to validate the following destination configurations");
    }

    // A function is known to be there by its policy; the others get to know by a first message.
    static bool IsTested(string target) => Arn.TryParse(target, out var arn) && arn.Service is ("sqs" or "sns");
}
