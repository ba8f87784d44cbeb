using Lambray.Resources.EventBridge;
using static Lambray.Server.AwsFront.EventBridge.EventBridgeWire;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>Rules.</summary>
static class RuleOperations
{
    public static async Task PutRule(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.RuleRequest);
        var rule = await Rules(http).PutAsync(new EventRule(Required(asked.Name, "name"), Buses(http).NameOf(asked.EventBusName))
        {
            EventPattern = Given(asked.EventPattern),
            ScheduleExpression = Given(asked.ScheduleExpression),
            State = asked.State ?? EventRule.Enabled,
            Description = asked.Description,
            RoleArn = asked.RoleArn,
            Tags = TagOperations.Of(asked.Tags),
        });
        await AwsJson.WriteAsync(http, new RuleArnAnswer(rule.Arn(Home(http)).ToString()), EventBridgeJson.Wire.RuleArnAnswer);
    }

    public static async Task DeleteRule(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.RuleRequest);
        await Rules(http).DeleteAsync(Buses(http).Get(asked.EventBusName).Name, Required(asked.Name, "name"));
        await WriteNothingAsync(http);
    }

    public static async Task DescribeRule(HttpContext http) =>
        await AwsJson.WriteAsync(http, Describe(http, await GetAsync(http)) with { CreatedBy = Home(http).AccountId }, EventBridgeJson.Wire.RuleAnswer);

    public static async Task ListRules(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.RuleRequest);
        var bus = Buses(http).Get(asked.EventBusName).Name;
        var (rules, next) = Page(
            Rules(http).OnBus(bus).Where(rule => rule.Name.StartsWith(asked.NamePrefix ?? "", StringComparison.Ordinal)), rule => rule.Name, asked.NextToken, asked.Limit);
        await AwsJson.WriteAsync(http, new ListRulesAnswer([.. rules.Select(rule => Describe(http, rule))], next), EventBridgeJson.Wire.ListRulesAnswer);
    }

    public static async Task ListRuleNamesByTarget(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.RuleRequest);
        var target = Required(asked.TargetArn, "targetArn");
        var bus = Buses(http).Get(asked.EventBusName).Name;
        var (rules, next) = Page(Rules(http).OnBus(bus).Where(rule => rule.Targets.Any(one => one.Arn == target)), rule => rule.Name, asked.NextToken, asked.Limit);
        await AwsJson.WriteAsync(http, new RuleNamesAnswer([.. rules.Select(rule => rule.Name)], next), EventBridgeJson.Wire.RuleNamesAnswer);
    }

    public static Task EnableRule(HttpContext http) => EnableAsync(http, isEnabled: true);

    public static Task DisableRule(HttpContext http) => EnableAsync(http, isEnabled: false);

    static async Task EnableAsync(HttpContext http, bool isEnabled)
    {
        await Rules(http).EnableAsync(await GetAsync(http), isEnabled);
        await WriteNothingAsync(http);
    }

    static async Task<EventRule> GetAsync(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.RuleRequest);
        return Rules(http).Get(asked.EventBusName, Required(asked.Name, "name"));
    }

    static RuleAnswer Describe(HttpContext http, EventRule rule) => new(
        rule.Name, rule.Arn(Home(http)).ToString(), rule.EventPattern, rule.ScheduleExpression, rule.State, rule.Description, rule.RoleArn, rule.Bus);

    // The CLI sends what it was not given as an empty text.
    static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

sealed record RuleRequest
{
    public string? Name { get; init; }

    public string? EventBusName { get; init; }

    public string? EventPattern { get; init; }

    public string? ScheduleExpression { get; init; }

    public string? State { get; init; }

    public string? Description { get; init; }

    public string? RoleArn { get; init; }

    public IReadOnlyList<EventTag>? Tags { get; init; }

    public string? NamePrefix { get; init; }

    public string? TargetArn { get; init; }

    public string? NextToken { get; init; }

    public int? Limit { get; init; }
}

sealed record RuleArnAnswer(string RuleArn);

sealed record RuleAnswer(
    string Name, string Arn, string? EventPattern, string? ScheduleExpression, string State, string? Description, string? RoleArn, string EventBusName, string? CreatedBy = null);

sealed record ListRulesAnswer(IReadOnlyList<RuleAnswer> Rules, string? NextToken);

sealed record RuleNamesAnswer(IReadOnlyList<string> RuleNames, string? NextToken);
