using Lambray.Aws;

namespace Lambray.Tracing.Sampling;

/// <summary>What a sampling rule may say ("SamplingRule" in the X-Ray API reference).</summary>
static class SamplingRuleLimits
{
    public const int NameLengthMax = 32;
    const int AttributesMax = 5;
    const int AttributeLengthMax = 32;

    /// <exception cref="AwsException">InvalidRequestException, with the field that is out of its limits.</exception>
    public static void Check(SamplingRule rule)
    {
        XRayLimits.Name(rule.RuleName, "RuleName", NameLengthMax);
        if (rule.RuleName != SamplingRule.DefaultName) XRayLimits.Number(rule.Priority, "Priority", 1, 9999);
        XRayLimits.Number(rule.FixedRate, "FixedRate", 0, 1);
        XRayLimits.Number(rule.ReservoirSize, "ReservoirSize", 0);
        XRayLimits.Text(rule.ServiceName, "ServiceName", 0, 64);
        XRayLimits.Text(rule.ServiceType, "ServiceType", 0, 64);
        XRayLimits.Text(rule.Host, "Host", 0, 64);
        XRayLimits.Text(rule.HttpMethod, "HTTPMethod", 0, 10);
        XRayLimits.Text(rule.UrlPath, "URLPath", 0, 128);
        XRayLimits.Text(rule.ResourceArn, "ResourceARN", 0, 500);
        if (rule.Attributes.Count > AttributesMax)
            throw XRayErrors.InvalidRequest($"Attributes has {rule.Attributes.Count} entries; it takes {AttributesMax}.");
        foreach (var (key, value) in rule.Attributes)
        {
            XRayLimits.Text(key, "A key of Attributes", 1, AttributeLengthMax);
            XRayLimits.Text(value, $"The value of the attribute {key}", 1, AttributeLengthMax);
        }
        if (rule.RateBoost is not { } boost) return;
        XRayLimits.Number(boost.MaxRate, "MaxRate", 0, 1);
        XRayLimits.Number(boost.CooldownWindowMinutes, "CooldownWindowMinutes", 0);
    }
}
