using Lambray.Aws;

namespace Lambray.Tracing.Sampling;

/// <summary>Which requests SDKs record: those that match, a reservoir per second first, then a fixed rate of the rest.</summary>
public sealed record SamplingRule(
    string RuleName, int Priority, double FixedRate, int ReservoirSize, string ServiceName = "*", string ServiceType = "*", string Host = "*",
    string HttpMethod = "*", string UrlPath = "*", string ResourceArn = "*")
{
    public const int Version = 1;
    public const string DefaultName = "Default";

    /// <summary>The rule for requests that no other matches: one a second, and 5 % of the rest.</summary>
    public static readonly SamplingRule Default = new(DefaultName, Priority: 10_000, FixedRate: 0.05, ReservoirSize: 1);

    /// <summary>Attributes that the segment must have, values with wildcards.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>How far the rate may rise while a service sees anomalies; null when it never does.</summary>
    public SamplingRateBoost? RateBoost { get; init; }

    /// <summary>Whether the rule is for this request; what is not known of a request matches anything, as the X-Ray SDKs have it.</summary>
    public bool Matches(SampledRequest request) =>
        Matches(ServiceName, request.ServiceName) && Matches(ServiceType, request.ServiceType) && Matches(Host, request.Host)
        && Matches(HttpMethod, request.HttpMethod) && Matches(UrlPath, request.UrlPath) && Matches(ResourceArn, request.ResourceArn)
        && Attributes.All(attribute => request.Attributes.TryGetValue(attribute.Key, out var value) && Matches(attribute.Value, value));

    /// <summary>Whether the other one is the same but for how much it samples.</summary>
    public bool MatchesTheSameAs(SamplingRule other) => other.Attributes.Count == Attributes.Count && this == other with
    {
        FixedRate = FixedRate,
        ReservoirSize = ReservoirSize,
        RateBoost = RateBoost,
        Attributes = Attributes,
    };

    static bool Matches(string pattern, string? value) =>
        value is null || WildcardPattern.Matches(pattern, value, StringComparison.OrdinalIgnoreCase);
}

/// <param name="MaxRate">The rate while boosted is at most this.</param>
/// <param name="CooldownWindowMinutes">After a boost has begun, no other begins for so long.</param>
public sealed record SamplingRateBoost(double MaxRate, int CooldownWindowMinutes);

/// <summary>What rules look at in a request; null where it is not known.</summary>
public sealed record SampledRequest(
    string? ServiceName = null, string? ServiceType = null, string? Host = null, string? HttpMethod = null, string? UrlPath = null,
    string? ResourceArn = null)
{
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
