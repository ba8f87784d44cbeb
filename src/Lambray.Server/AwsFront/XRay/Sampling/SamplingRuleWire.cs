using Lambray.Aws;
using Lambray.Server.AwsFront.XRay.Tags;
using Lambray.Tracing;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.XRay.Sampling;

sealed record CreateSamplingRuleRequest(SamplingRuleWire? SamplingRule, List<TagWire?>? Tags);

sealed record UpdateSamplingRuleRequest(SamplingRuleWire? SamplingRuleUpdate);

sealed record DeleteSamplingRuleRequest(string? RuleName, string? RuleARN);

sealed record SamplingRuleAnswer(SamplingRuleRecordWire SamplingRuleRecord);

sealed record GetSamplingRulesRequest(string? NextToken);

sealed record GetSamplingRulesAnswer(SamplingRuleRecordWire[] SamplingRuleRecords);

sealed record SamplingRuleRecordWire(SamplingRuleWire SamplingRule, double CreatedAt, double ModifiedAt)
{
    public static SamplingRuleRecordWire Of(SamplingRuleRecord record, SamplingRules rules) => new(
        SamplingRuleWire.Of(record.Rule, rules.ArnOf(record.Rule.RuleName)), record.CreatedAt.ToUnixTimeSeconds(), record.ModifiedAt.ToUnixTimeSeconds());
}

/// <summary>A rule on the wire: whole in answers and when it is created, in part when it is updated.</summary>
/// <remarks>Answers have every field: the Python SDK skips rules without Version 1, a ResourceARN of * and empty Attributes.</remarks>
sealed record SamplingRuleWire(
    string? RuleName, string? RuleARN, string? ResourceARN, int? Priority, double? FixedRate, int? ReservoirSize, string? ServiceName,
    string? ServiceType, string? Host, string? HTTPMethod, string? URLPath, int? Version, IReadOnlyDictionary<string, string>? Attributes,
    SamplingRateBoostWire? SamplingRateBoost)
{
    public static SamplingRuleWire Of(SamplingRule rule, Arn arn) => new(
        rule.RuleName, arn.ToString(), rule.ResourceArn, rule.Priority, rule.FixedRate, rule.ReservoirSize, rule.ServiceName,
        rule.ServiceType, rule.Host, rule.HttpMethod, rule.UrlPath, SamplingRule.Version, rule.Attributes,
        rule.RateBoost is { } boost ? new SamplingRateBoostWire(boost.MaxRate, boost.CooldownWindowMinutes) : null);

    /// <summary>The rule that this says, whose limits are not checked yet.</summary>
    /// <exception cref="AwsException">InvalidRequestException: a required field is missing.</exception>
    public SamplingRule ToRule()
    {
        if (XRayLimits.Number(Version, nameof(Version), 1) != SamplingRule.Version)
            throw XRayErrors.InvalidRequest($"Version is {Version}; there is {SamplingRule.Version} only.");
        return new SamplingRule(
            XRayWire.Required(RuleName, nameof(RuleName)), XRayLimits.Number(Priority, nameof(Priority), 1),
            XRayLimits.Number(FixedRate, nameof(FixedRate), 0, 1), XRayLimits.Number(ReservoirSize, nameof(ReservoirSize), 0),
            XRayWire.Required(ServiceName, nameof(ServiceName)), XRayWire.Required(ServiceType, nameof(ServiceType)),
            XRayWire.Required(Host, nameof(Host)), XRayWire.Required(HTTPMethod, nameof(HTTPMethod)),
            XRayWire.Required(URLPath, nameof(URLPath)), XRayWire.Required(ResourceARN, nameof(ResourceARN)))
        {
            Attributes = Attributes ?? new Dictionary<string, string>(),
            RateBoost = SamplingRateBoost?.ToBoost(),
        };
    }

    /// <summary>The rule with those fields changed that this has.</summary>
    public SamplingRule Change(SamplingRule rule) => rule with
    {
        Priority = Priority ?? rule.Priority,
        FixedRate = FixedRate ?? rule.FixedRate,
        ReservoirSize = ReservoirSize ?? rule.ReservoirSize,
        ServiceName = ServiceName ?? rule.ServiceName,
        ServiceType = ServiceType ?? rule.ServiceType,
        Host = Host ?? rule.Host,
        HttpMethod = HTTPMethod ?? rule.HttpMethod,
        UrlPath = URLPath ?? rule.UrlPath,
        ResourceArn = ResourceARN ?? rule.ResourceArn,
        Attributes = Attributes ?? rule.Attributes,
        RateBoost = SamplingRateBoost?.ToBoost() ?? rule.RateBoost,
    };
}

sealed record SamplingRateBoostWire(double? MaxRate, int? CooldownWindowMinutes)
{
    public SamplingRateBoost ToBoost() => new(
        XRayLimits.Number(MaxRate, nameof(MaxRate), 0, 1), XRayLimits.Number(CooldownWindowMinutes, nameof(CooldownWindowMinutes), 0));
}
