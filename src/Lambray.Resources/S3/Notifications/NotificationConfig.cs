using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.S3.Notifications;

/// <summary>Whom a bucket tells of what happens in it.</summary>
/// <param name="ToEventBridge">Whether every event goes to the account's default event bus as well.</param>
public sealed record NotificationConfig(IReadOnlyList<NotificationRule> Rules, bool ToEventBridge)
{
    public const string SettingName = "notification";

    public static readonly NotificationConfig None = new([], false);

    public static NotificationConfig Read(string? document) =>
        document is null ? None : JsonSerializer.Deserialize(document, NotificationConfigJson.Default.NotificationConfig)!;

    public string Write() => JsonSerializer.Serialize(this, NotificationConfigJson.Default.NotificationConfig);

    /// <summary>Holds a configuration to S3's rules.</summary>
    /// <exception cref="AwsException">InvalidArgument.</exception>
    public void Check()
    {
        if (Rules.DistinctBy(rule => rule.Id).Count() < Rules.Count)
            throw S3Errors.InvalidArgument("Same ID used for multiple configurations. IDs must be unique");
        foreach (var rule in Rules) rule.Check();
        for (var first = 0; first < Rules.Count; first++)
            for (var second = first + 1; second < Rules.Count; second++)
                if (Rules[first].Overlaps(Rules[second])) throw Ambiguous(Rules[first], Rules[second]);
    }

    static AwsException Ambiguous(NotificationRule first, NotificationRule second) => S3Errors.InvalidArgument(
        first.HasFilter || second.HasFilter
            ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type."
            : "Configurations overlap. Configurations on the same bucket cannot share a common event type.");
}

[JsonSerializable(typeof(NotificationConfig))]
sealed partial class NotificationConfigJson : JsonSerializerContext;
