using Lambray.Server.AwsFront.XRay.Tags;
using Lambray.Tracing;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.XRay.Sampling;

/// <summary>The rules by which SDKs sample: made by hand, fetched by SDKs.</summary>
static class SamplingRuleOperations
{
    public static async Task CreateSamplingRule(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, SamplingJson.Wire.CreateSamplingRuleRequest);
        var rule = XRayWire.Required(request.SamplingRule, nameof(request.SamplingRule));
        if (rule.RuleARN is not null) throw XRayErrors.InvalidRequest("A rule that is created gets its ARN by its RuleName.");
        await AnswerAsync(http, await Rules(http).CreateAsync(rule.ToRule(), TagWire.Read(request.Tags)));
    }

    public static async Task UpdateSamplingRule(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, SamplingJson.Wire.UpdateSamplingRuleRequest);
        var update = XRayWire.Required(request.SamplingRuleUpdate, nameof(request.SamplingRuleUpdate));
        await AnswerAsync(http, await Rules(http).UpdateAsync(NameOf(Rules(http), update.RuleName, update.RuleARN), update.Change));
    }

    public static async Task DeleteSamplingRule(HttpContext http)
    {
        var request = await XRayWire.ReadAsync(http, SamplingJson.Wire.DeleteSamplingRuleRequest);
        await AnswerAsync(http, await Rules(http).DeleteAsync(NameOf(Rules(http), request.RuleName, request.RuleARN)));
    }

    public static async Task GetSamplingRules(HttpContext http)
    {
        // No more than 26 rules can be: they fit on one page.
        OpaqueToken.RefuseAny((await XRayWire.ReadAsync(http, SamplingJson.Wire.GetSamplingRulesRequest)).NextToken);
        var rules = Rules(http);
        await XRayWire.WriteAsync(
            http, new GetSamplingRulesAnswer([.. rules.All.Select(record => SamplingRuleRecordWire.Of(record, rules))]),
            SamplingJson.Wire.GetSamplingRulesAnswer);
    }

    static SamplingRules Rules(HttpContext http) => http.RequestServices.GetRequiredService<SamplingRules>();

    static Task AnswerAsync(HttpContext http, SamplingRuleRecord record) => XRayWire.WriteAsync(
        http, new SamplingRuleAnswer(SamplingRuleRecordWire.Of(record, Rules(http))), SamplingJson.Wire.SamplingRuleAnswer);

    static string NameOf(SamplingRules rules, string? name, string? arn) => (name, arn) switch
    {
        ({ } ruleName, null) => ruleName,
        (null, { } ruleArn) => rules.FindName(ruleArn) ?? throw XRayErrors.InvalidRequest($"There is no sampling rule {ruleArn}."),
        _ => throw XRayErrors.InvalidRequest("A rule is named by either RuleName or RuleARN."),
    };
}
