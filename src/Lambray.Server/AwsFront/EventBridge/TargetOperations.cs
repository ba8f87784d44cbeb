using Lambray.Resources.EventBridge;
using static Lambray.Server.AwsFront.EventBridge.EventBridgeWire;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>Targets of rules.</summary>
static class TargetOperations
{
    public static async Task PutTargets(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.TargetsRequest);
        var rule = Rules(http).Get(asked.EventBusName, Required(asked.Rule, "rule"));
        if (asked.Targets is not { Count: > 0 } targets)
            throw EventBridgeErrors.Validation("1 validation error detected: Value '[]' at 'targets' failed to satisfy constraint: Member must have length greater than or equal to 1");
        await Rules(http).PutTargetsAsync(rule, targets);
        await AwsJson.WriteAsync(http, FailedTargetsAnswer.None, EventBridgeJson.Wire.FailedTargetsAnswer);
    }

    public static async Task RemoveTargets(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.RemoveTargetsRequest);
        var rule = Rules(http).Get(asked.EventBusName, Required(asked.Rule, "rule"));
        var ids = asked.Ids ?? throw EventBridgeErrors.Validation("1 validation error detected: Value null at 'ids' failed to satisfy constraint: Member must not be null");
        var failed = ids.Where(id => rule.Targets.All(target => target.Id != id))
            .Select(id => new FailedTarget(id, "ResourceNotFoundException", $"Rule {rule.Name} does not have target with id {id}.")).ToList();
        await Rules(http).RemoveTargetsAsync(rule, ids);
        await AwsJson.WriteAsync(http, new FailedTargetsAnswer(failed.Count, failed), EventBridgeJson.Wire.FailedTargetsAnswer);
    }

    public static async Task ListTargetsByRule(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.TargetsRequest);
        var rule = Rules(http).Get(asked.EventBusName, Required(asked.Rule, "rule"));
        var (targets, next) = Page(rule.Targets.OrderBy(target => target.Id, StringComparer.Ordinal), target => target.Id!, asked.NextToken, asked.Limit);
        await AwsJson.WriteAsync(http, new ListTargetsAnswer(targets, next), EventBridgeJson.Wire.ListTargetsAnswer);
    }
}

sealed record TargetsRequest(string? Rule, string? EventBusName, IReadOnlyList<RuleTarget>? Targets, string? NextToken, int? Limit);

sealed record RemoveTargetsRequest(string? Rule, string? EventBusName, IReadOnlyList<string>? Ids);

sealed record FailedTarget(string TargetId, string ErrorCode, string ErrorMessage);

sealed record FailedTargetsAnswer(int FailedEntryCount, IReadOnlyList<FailedTarget> FailedEntries)
{
    public static readonly FailedTargetsAnswer None = new(0, []);
}

sealed record ListTargetsAnswer(IReadOnlyList<RuleTarget> Targets, string? NextToken);
