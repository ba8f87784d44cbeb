using Lambray.Tracing;
using Lambray.Tracing.AccountSettings;

namespace Lambray.Server.AwsFront.XRay.AccountSettings;

/// <summary>GetIndexingRules and UpdateIndexingRule.</summary>
static class IndexingOperations
{
    public static async Task GetIndexingRules(HttpContext http)
    {
        OpaqueToken.RefuseAny((await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.GetIndexingRulesRequest)).NextToken);
        await XRayWire.WriteAsync(
            http, new GetIndexingRulesAnswer([IndexingRuleWire.Of(Rules(http).Default)]), AccountSettingsJson.Wire.GetIndexingRulesAnswer);
    }

    public static async Task UpdateIndexingRule(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, AccountSettingsJson.Wire.UpdateIndexingRuleRequest);
        var update = XRayWire.Required(request.Rule, nameof(request.Rule)).Probabilistic ?? throw XRayErrors.InvalidRequest("Rule takes Probabilistic.");
        var rule = await Rules(http).UpdateAsync(XRayWire.Required(request.Name, nameof(request.Name)), update.DesiredSamplingPercentage);
        await XRayWire.WriteAsync(http, new UpdateIndexingRuleAnswer(IndexingRuleWire.Of(rule)), AccountSettingsJson.Wire.UpdateIndexingRuleAnswer);
    }

    static IndexingRules Rules(HttpContext http) => http.RequestServices.GetRequiredService<IndexingRules>();
}

sealed record GetIndexingRulesRequest(string? NextToken);

sealed record GetIndexingRulesAnswer(IndexingRuleWire[] IndexingRules);

sealed record UpdateIndexingRuleRequest(string? Name, IndexingRuleValueWire? Rule);

sealed record UpdateIndexingRuleAnswer(IndexingRuleWire IndexingRule);

sealed record IndexingRuleWire(string Name, double ModifiedAt, IndexingRuleValueWire Rule)
{
    public static IndexingRuleWire Of(IndexingRule rule) => new(
        IndexingRules.DefaultName, rule.ModifiedAt.ToEpochSeconds(),
        new IndexingRuleValueWire(new ProbabilisticRuleWire(rule.DesiredPercentage, IndexingRules.ActualPercentage)));
}

sealed record IndexingRuleValueWire(ProbabilisticRuleWire? Probabilistic);

sealed record ProbabilisticRuleWire(double? DesiredSamplingPercentage, double? ActualSamplingPercentage);
