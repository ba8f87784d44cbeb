namespace Lambray.Tracing.Sampling;

/// <summary>What one client sampled by one rule since its last report (<c>SamplingStatisticsDocument</c>).</summary>
/// <param name="BorrowCount">Sampled beyond the client's share while it had none that was valid.</param>
public sealed record SamplingReport(
    string RuleName, string ClientId, DateTimeOffset Timestamp, int RequestCount, int SampledCount, int BorrowCount);

/// <summary>What one service saw of anomalies since its last report (<c>SamplingBoostStatisticsDocument</c>).</summary>
/// <param name="SampledAnomalyCount">Those among them that are in traces.</param>
public sealed record AnomalyReport(
    string RuleName, string ServiceName, DateTimeOffset Timestamp, int AnomalyCount, int TotalCount, int SampledAnomalyCount);

/// <summary>What a client may sample until its next report.</summary>
/// <param name="ReservoirQuota">So many requests a second before the rate applies.</param>
public sealed record SamplingTarget(string RuleName, double FixedRate, int ReservoirQuota, DateTimeOffset ReservoirQuotaEnds, SamplingBoost? Boost);

/// <summary>A rate in place of the rule's own, for a while.</summary>
public sealed record SamplingBoost(double Rate, DateTimeOffset Ends);

/// <summary>A report that could not be taken, with an HTTP status as its code: SDKs fetch the rules again when it begins with a 4.</summary>
public sealed record UnprocessedReport(string RuleName, string ErrorCode, string Message);
