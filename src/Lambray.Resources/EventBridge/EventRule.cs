using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Resources.EventBridge.Schedules;
using Lambray.Resources.EventPatterns;

namespace Lambray.Resources.EventBridge;

/// <summary>Which events of a bus, or which times, go to which targets ("Rules in Amazon EventBridge").</summary>
public sealed record EventRule(string Name, string Bus)
{
    public const string Enabled = "ENABLED";
    public const string Disabled = "DISABLED";

    (string Text, EventPattern Pattern)? read;

    /// <summary>JSON; null for a rule that goes by the clock.</summary>
    public string? EventPattern { get; init; }

    /// <summary><c>rate(5 minutes)</c> or <c>cron(0 12 * * ? *)</c>; null for a rule that looks at events.</summary>
    public string? ScheduleExpression { get; init; }

    public string State { get; init; } = Enabled;

    public string? Description { get; init; }

    public string? RoleArn { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>By id, in the order that they were put.</summary>
    public IReadOnlyList<RuleTarget> Targets { get; init; } = [];

    /// <summary>When it began to go by its schedule.</summary>
    public DateTimeOffset ScheduledFrom { get; init; }

    [JsonIgnore]
    public bool IsEnabled => State != Disabled;

    /// <summary>What it goes by, when it goes by the clock.</summary>
    [JsonIgnore]
    public Schedule? Schedule => ScheduleExpression is null ? null : Schedules.Schedule.Find(ScheduleExpression);

    public Arn Arn(AwsHome home) => home.Regional("events", Bus == EventBus.Default ? $"rule/{Name}" : $"rule/{Bus}/{Name}");

    /// <summary>Whether an event is for it; a rule without a pattern is for none.</summary>
    public bool Fits(BusEvent happened)
    {
        if (!IsEnabled || EventPattern is null) return false;
        // A changed copy may have another text.
        if (read is not { } known || known.Text != EventPattern)
            read = known = (EventPattern, EventPatterns.EventPattern.TryParse(EventPattern, out var pattern, PatternDialect.Rules) ? pattern : throw new InvalidOperationException($"Rule {Name} has no pattern."));
        return known.Pattern.Fits(happened.Json);
    }
}
