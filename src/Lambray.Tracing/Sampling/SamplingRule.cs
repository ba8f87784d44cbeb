namespace Lambray.Tracing.Sampling;

/// <summary>Which requests SDKs record: a reservoir per second first, then a fixed rate of the rest.</summary>
public sealed record SamplingRule(
    string RuleName, int Priority, double FixedRate, int ReservoirSize, string ServiceName = "*", string ServiceType = "*", string Host = "*",
    string HttpMethod = "*", string UrlPath = "*", string ResourceArn = "*")
{
    public const int Version = 1;

    /// <summary>The rule for requests that no other matches: one a second, and 5 % of the rest.</summary>
    public static readonly SamplingRule Default = new("Default", Priority: 10_000, FixedRate: 0.05, ReservoirSize: 1);
}
