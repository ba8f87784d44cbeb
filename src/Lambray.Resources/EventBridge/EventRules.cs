using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Lambray.Aws;
using Lambray.Resources.EventBridge.Delivery;
using Lambray.Resources.EventBridge.Schedules;
using Lambray.Resources.EventPatterns;
using Lambray.Storage;

namespace Lambray.Resources.EventBridge;

/// <summary>The rules of all buses.</summary>
public sealed partial class EventRules(SqliteDatabase database, EventBuses buses, AwsHome home, TimeProvider time)
{
    const int TargetsMax = 5;

    readonly RecordSet<EventRule> rules = new(database, "event-rule", EventRuleStoreJson.Default.EventRule);

    /// <summary>Raised when rules came, went or were changed.</summary>
    public event Action? Changed;

    /// <summary>By bus, then by name.</summary>
    public IEnumerable<EventRule> All => rules.All.Values;

    public IEnumerable<EventRule> OnBus(string bus) => rules.All.Values.Where(rule => rule.Bus == bus);

    public EventRule? Find(string bus, string name) => rules.Find(KeyOf(bus, name));

    /// <param name="arn">Of a rule.</param>
    public EventRule? Find(Arn arn) => arn.Service != "events" || arn.Region != home.Region ? null : arn.Resource.Split('/') switch
    {
        ["rule", var name] => Find(EventBus.Default, name),
        ["rule", var bus, var name] => Find(bus, name),
        _ => null,
    };

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public EventRule Get(string? bus, string? name)
    {
        var known = buses.Get(bus).Name;
        return Find(known, name ?? "") ?? throw EventBridgeErrors.NoRule(name ?? "", known);
    }

    /// <summary>Makes a rule, or puts it in the place of the one of that name, whose targets and tags it keeps.</summary>
    /// <exception cref="AwsException">ValidationException, InvalidEventPatternException, ResourceNotFoundException.</exception>
    public async Task<EventRule> PutAsync(EventRule asked)
    {
        var bus = buses.Get(asked.Bus).Name;
        Check(asked, bus);
        var put = await rules.PutAsync(all =>
        {
            var former = all.GetValueOrDefault(KeyOf(bus, asked.Name));
            var isSameSchedule = former is { IsEnabled: true } && asked.IsEnabled && former.ScheduleExpression == asked.ScheduleExpression;
            return (KeyOf(bus, asked.Name), asked with
            {
                Bus = bus,
                Targets = former?.Targets ?? [],
                Tags = former?.Tags ?? asked.Tags,
                ScheduledFrom = isSameSchedule ? former!.ScheduledFrom : time.GetUtcNow(),
            });
        });
        Changed?.Invoke();
        return put;
    }

    /// <exception cref="AwsException">ResourceNotFoundException, or what the change throws.</exception>
    public async Task<EventRule> ChangeAsync(EventRule rule, Func<EventRule, EventRule> change)
    {
        var changed = await rules.PutAsync(all => (KeyOf(rule.Bus, rule.Name), change(all.GetValueOrDefault(KeyOf(rule.Bus, rule.Name)) ?? throw EventBridgeErrors.NoRule(rule.Name, rule.Bus))));
        Changed?.Invoke();
        return changed;
    }

    public Task<EventRule> EnableAsync(EventRule rule, bool isEnabled) => ChangeAsync(rule, former => former.IsEnabled == isEnabled ? former : former with
    {
        State = isEnabled ? EventRule.Enabled : EventRule.Disabled,
        ScheduledFrom = time.GetUtcNow(),
    });

    /// <summary>One that is not there is as good as deleted.</summary>
    /// <exception cref="AwsException">ValidationException while it has targets.</exception>
    public async Task DeleteAsync(string bus, string name)
    {
        if (Find(bus, name) is null) return;
        await rules.RemoveAsync(all => all.GetValueOrDefault(KeyOf(bus, name)) is { Targets.Count: > 0 }
            ? throw EventBridgeErrors.Validation("Rule can't be deleted since it has targets.")
            : KeyOf(bus, name));
        Changed?.Invoke();
    }

    /// <summary>Adds targets, or puts them in the place of those with their ids.</summary>
    /// <exception cref="AwsException">ValidationException, LimitExceededException.</exception>
    public Task<EventRule> PutTargetsAsync(EventRule rule, IReadOnlyList<RuleTarget> targets)
    {
        foreach (var target in targets) TargetRules.Require(target);
        return ChangeAsync(rule, former =>
        {
            var all = former.Targets.Where(known => !targets.Any(target => target.Id == known.Id)).Concat(targets).ToList();
            return all.Count <= TargetsMax ? former with { Targets = all } : throw new AwsException("LimitExceededException", 400, "The requested resource exceeds the maximum number allowed.");
        });
    }

    public Task<EventRule> RemoveTargetsAsync(EventRule rule, IReadOnlyList<string> ids) =>
        ChangeAsync(rule, former => former with { Targets = [.. former.Targets.Where(target => !ids.Contains(target.Id!))] });

    static void Check(EventRule asked, string bus)
    {
        if (!NameRegex().IsMatch(asked.Name)) throw EventBridgeErrors.Validation($"1 validation error detected: Value '{asked.Name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+");
        if (asked.EventPattern is null && asked.ScheduleExpression is null) throw EventBridgeErrors.Validation("Parameter(s) EventPattern or ScheduleExpression must be specified.");
        if (asked.State is not (EventRule.Enabled or EventRule.Disabled or "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"))
            throw EventBridgeErrors.Validation($"1 validation error detected: Value '{asked.State}' at 'state' failed to satisfy constraint: Member must satisfy enum value set: [ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS]");
        if (asked.ScheduleExpression is { } schedule)
        {
            if (bus != EventBus.Default) throw EventBridgeErrors.Validation("ScheduleExpression is supported only on the default event bus.");
            if (Schedule.Find(schedule) is null) throw EventBridgeErrors.Validation("Parameter ScheduleExpression is not valid.");
        }
        if (asked.EventPattern is { } pattern) RequirePattern(pattern);
    }

    /// <exception cref="AwsException">InvalidEventPatternException.</exception>
    public static EventPattern RequirePattern(string? text) => EventPattern.TryParse(text, out var pattern, PatternDialect.Rules)
        ? pattern
        : throw EventBridgeErrors.BadPattern("A pattern is a JSON object whose fields are objects, or arrays of values and conditions");

    // No name has a line break.
    static string KeyOf(string bus, string name) => $"{bus}\n{name}";

    [GeneratedRegex(@"^[.\-_A-Za-z0-9]{1,64}\z")]
    private static partial Regex NameRegex();
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventRule))]
sealed partial class EventRuleStoreJson : JsonSerializerContext;
