using Lambray.Tracing;
using Lambray.Tracing.Sampling;

namespace Lambray.Server.AwsFront.XRay.Sampling;

sealed record GetSamplingTargetsRequest(
    List<SamplingStatisticsWire?>? SamplingStatisticsDocuments, List<SamplingBoostStatisticsWire?>? SamplingBoostStatisticsDocuments);

/// <param name="LastRuleModification">Always there and a number: the Python and Node.js SDKs fail without it.</param>
sealed record GetSamplingTargetsAnswer(
    SamplingTargetWire[] SamplingTargetDocuments, double LastRuleModification, UnprocessedStatisticsWire[] UnprocessedStatistics,
    UnprocessedStatisticsWire[] UnprocessedBoostStatistics)
{
    public static GetSamplingTargetsAnswer Of(SamplingAnswer answer) => new(
        [.. answer.Targets.Select(SamplingTargetWire.Of)],
        // Whole seconds as SDKs have them, and never before the change: they compare with the second in which they fetched the rules.
        Math.Ceiling(answer.RulesModifiedAt.ToEpochSeconds()),
        [.. answer.Unprocessed.Select(UnprocessedStatisticsWire.Of)], [.. answer.UnprocessedAnomalies.Select(UnprocessedStatisticsWire.Of)]);
}

sealed record SamplingStatisticsWire(
    string? RuleName, string? ClientID, SdkTimestamp? Timestamp, int? RequestCount, int? SampledCount, int? BorrowCount)
{
    const int ClientIdLength = 24;

    public SamplingReport ToReport() => new(
        XRayLimits.Text(RuleName, nameof(RuleName), 1, 32), XRayLimits.Text(ClientID, nameof(ClientID), ClientIdLength, ClientIdLength),
        Timestamp?.Time ?? throw XRayErrors.InvalidRequest("Timestamp is required."),
        XRayLimits.Number(RequestCount, nameof(RequestCount), 0), XRayLimits.Number(SampledCount, nameof(SampledCount), 0),
        XRayLimits.Number(BorrowCount ?? 0, nameof(BorrowCount), 0));
}

sealed record SamplingBoostStatisticsWire(
    string? RuleName, string? ServiceName, SdkTimestamp? Timestamp, int? AnomalyCount, int? TotalCount, int? SampledAnomalyCount)
{
    public AnomalyReport ToReport() => new(
        XRayLimits.Text(RuleName, nameof(RuleName), 1, 32), XRayLimits.Text(ServiceName, nameof(ServiceName), 0, 64),
        Timestamp?.Time ?? throw XRayErrors.InvalidRequest("Timestamp is required."),
        XRayLimits.Number(AnomalyCount, nameof(AnomalyCount), 0), XRayLimits.Number(TotalCount, nameof(TotalCount), 0),
        XRayLimits.Number(SampledAnomalyCount, nameof(SampledAnomalyCount), 0));
}

sealed record SamplingTargetWire(
    string RuleName, double FixedRate, int ReservoirQuota, double ReservoirQuotaTTL, int Interval, SamplingBoostWire? SamplingBoost)
{
    const int ReportIntervalSeconds = 10;

    public static SamplingTargetWire Of(SamplingTarget target) => new(
        target.RuleName, target.FixedRate, target.ReservoirQuota, target.ReservoirQuotaEnds.ToUnixTimeSeconds(), ReportIntervalSeconds,
        target.Boost is { } boost ? new SamplingBoostWire(boost.Rate, boost.Ends.ToUnixTimeSeconds()) : null);
}

sealed record SamplingBoostWire(double BoostRate, double BoostRateTTL);

sealed record UnprocessedStatisticsWire(string RuleName, string ErrorCode, string Message)
{
    public static UnprocessedStatisticsWire Of(UnprocessedReport report) => new(report.RuleName, report.ErrorCode, report.Message);
}

sealed record GetSamplingStatisticSummariesRequest(string? NextToken);

sealed record GetSamplingStatisticSummariesAnswer(SamplingStatisticSummaryWire[] SamplingStatisticSummaries, string? NextToken);

sealed record SamplingStatisticSummaryWire(string RuleName, double Timestamp, int RequestCount, int BorrowCount, int SampledCount)
{
    public static SamplingStatisticSummaryWire Of(SamplingStatisticSummary summary) => new(
        summary.RuleName, summary.Timestamp.ToUnixTimeSeconds(), summary.RequestCount, summary.BorrowCount, summary.SampledCount);
}
