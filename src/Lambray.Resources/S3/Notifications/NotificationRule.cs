using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.S3.Notifications;

/// <summary>One rule: of which events, on keys that begin and end so, a target is told.</summary>
/// <param name="Target">An ARN.</param>
/// <param name="Events">As they were asked for: <c>s3:ObjectCreated:*</c>, <c>s3:ObjectRemoved:Delete</c>.</param>
/// <param name="Prefix">Null without such a rule.</param>
/// <param name="Suffix">Null without such a rule.</param>
public sealed record NotificationRule(string Id, string Target, IReadOnlyList<string> Events, string? Prefix, string? Suffix)
{
    const string Everything = ":*";

    static readonly FrozenSet<string> Known = new[]
    {
        "s3:ReducedRedundancyLostObject",
        "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy", "s3:ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete", "s3:ObjectRemoved:DeleteMarkerCreated",
        "s3:ObjectRestore:*", "s3:ObjectRestore:Post", "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete",
        "s3:Replication:*", "s3:Replication:OperationFailedReplication", "s3:Replication:OperationNotTracked",
        "s3:Replication:OperationMissedThreshold", "s3:Replication:OperationReplicatedAfterThreshold",
        "s3:LifecycleTransition", "s3:LifecycleExpiration:*", "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated",
        "s3:IntelligentTiering", "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete", "s3:ObjectAcl:Put",
    }.ToFrozenSet();

    [JsonIgnore]
    public bool HasFilter => Prefix is not null || Suffix is not null;

    /// <param name="eventName">Without <c>s3:</c>.</param>
    public bool Matches(string eventName, string key) =>
        key.StartsWith(Prefix ?? "", StringComparison.Ordinal) && key.EndsWith(Suffix ?? "", StringComparison.Ordinal)
        && Events.Any(wanted => Covers(wanted, "s3:" + eventName));

    /// <summary>Whether some event on some key could match both.</summary>
    public bool Overlaps(NotificationRule other) =>
        Either((Prefix ?? "", other.Prefix ?? ""), static (one, two) => one.StartsWith(two, StringComparison.Ordinal))
        && Either((Suffix ?? "", other.Suffix ?? ""), static (one, two) => one.EndsWith(two, StringComparison.Ordinal))
        && Events.Any(mine => other.Events.Any(theirs => Covers(mine, theirs) || Covers(theirs, mine)));

    internal void Check()
    {
        if (Events.Count == 0 || Events.Any(name => !Known.Contains(name))) throw S3Errors.InvalidArgument("The event is not supported for notifications");
        if (!Arn.TryParse(Target, out _)) throw S3Errors.InvalidArgument("The ARN could not be parsed");
    }

    static bool Covers(string pattern, string name) =>
        pattern == name || (pattern.EndsWith(Everything, StringComparison.Ordinal) && name.StartsWith(pattern[..^1], StringComparison.Ordinal));

    static bool Either((string One, string Two) pair, Func<string, string, bool> holds) => holds(pair.One, pair.Two) || holds(pair.Two, pair.One);
}
