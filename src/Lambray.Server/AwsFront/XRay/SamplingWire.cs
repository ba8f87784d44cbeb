using Lambray.Aws;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.XRay;

sealed record GetSamplingRulesRequest(string? NextToken);

sealed record GetSamplingRulesAnswer(SamplingRuleRecordWire[] SamplingRuleRecords);

sealed record SamplingRuleRecordWire(SamplingRuleWire SamplingRule, double CreatedAt, double ModifiedAt)
{
    /// <remarks>AWS dates the creation of the default rule at 0.</remarks>
    public static SamplingRuleRecordWire Of(SamplingRule rule, AwsHome home, DateTimeOffset modifiedAt) =>
        new(SamplingRuleWire.Of(rule, home), 0, modifiedAt.ToUnixTimeSeconds());
}

/// <remarks>Every field is written: the Python SDK skips rules without Version 1, a ResourceARN of * and empty Attributes.</remarks>
sealed record SamplingRuleWire(
    string RuleName, string RuleARN, string ResourceARN, int Priority, double FixedRate, int ReservoirSize, string ServiceName,
    string ServiceType, string Host, string HTTPMethod, string URLPath, int Version, Dictionary<string, string> Attributes)
{
    public static SamplingRuleWire Of(SamplingRule rule, AwsHome home) => new(
        rule.RuleName, home.Regional("xray", $"sampling-rule/{rule.RuleName}").ToString(), rule.ResourceArn, rule.Priority, rule.FixedRate,
        rule.ReservoirSize, rule.ServiceName, rule.ServiceType, rule.Host, rule.HttpMethod, rule.UrlPath, SamplingRule.Version, []);
}

sealed record GetSamplingTargetsRequest(List<SamplingStatisticsWire?>? SamplingStatisticsDocuments);

/// <summary>What a client sampled since its last report. Its Timestamp is left unread: Java writes milliseconds there.</summary>
sealed record SamplingStatisticsWire(string? RuleName, string? ClientID);

/// <param name="LastRuleModification">Always there and a number: the Python and Node.js SDKs fail without it.</param>
sealed record GetSamplingTargetsAnswer(
    List<SamplingTargetWire> SamplingTargetDocuments, double LastRuleModification, List<UnprocessedStatisticsWire> UnprocessedStatistics);

sealed record SamplingTargetWire(string RuleName, double FixedRate, int ReservoirQuota, double ReservoirQuotaTTL, int Interval);

sealed record UnprocessedStatisticsWire(string RuleName, string ErrorCode, string Message);
