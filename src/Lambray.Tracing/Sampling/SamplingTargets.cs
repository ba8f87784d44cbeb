using System.Diagnostics;

namespace Lambray.Tracing.Sampling;

/// <summary>Takes the reports of clients and gives each its share of the reservoirs, and boosts while there are anomalies.</summary>
public sealed class SamplingTargets(SamplingRules rules, TimeProvider time)
{
    static readonly TimeSpan QuotaLasts = TimeSpan.FromMinutes(5);

    // A client may be fast or slow by a little; what it counted an hour ago says nothing of now.
    static readonly TimeSpan ReportAgeMax = SamplingStatistics.Kept;

    readonly Lock gate = new();
    readonly RecentClients clients = new();
    readonly SamplingStatistics statistics = new();
    readonly SamplingBoosts boosts = new();

    /// <summary>One client's reports: for each a target, or why there is none.</summary>
    public SamplingAnswer Take(IReadOnlyList<SamplingReport> reports, IReadOnlyList<AnomalyReport> anomalies)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            ForgetGoneRulesUnsynchronized();
            var unprocessedAnomalies = anomalies.Select(report => NoteUnsynchronized(report, now)).OfType<UnprocessedReport>().ToList();
            var targets = new List<SamplingTarget>();
            var unprocessed = new List<UnprocessedReport>();
            foreach (var report in reports)
            {
                if (FindFault(report.RuleName, report.Timestamp, now) is { } fault) unprocessed.Add(fault);
                else targets.Add(TargetUnsynchronized(rules.Find(report.RuleName)!.Rule, report, now));
            }
            return new SamplingAnswer(targets, rules.ModifiedAt, unprocessed, unprocessedAnomalies);
        }
    }

    /// <summary>What was sampled lately, at most so many windows behind a place, oldest first.</summary>
    public IReadOnlyList<SamplingStatisticSummary> Statistics((DateTimeOffset Window, string Rule)? after, int countMax)
    {
        lock (gate) return statistics.Page(after, countMax, time.GetUtcNow());
    }

    void ForgetGoneRulesUnsynchronized()
    {
        Debug.Assert(gate.IsHeldByCurrentThread, "Clients and boosts are kept under the lock.");
        var known = rules.All.Select(record => record.Rule.RuleName).ToHashSet();
        clients.Keep(known);
        boosts.Keep(known);
    }

    UnprocessedReport? FindFault(string ruleName, DateTimeOffset timestamp, DateTimeOffset now) =>
        rules.Find(ruleName) is null ? new(ruleName, "404", $"There is no sampling rule {ruleName}.")
        : now - timestamp > ReportAgeMax ? new(ruleName, "400", $"The statistics of {timestamp:O} are more than {ReportAgeMax.TotalMinutes} minutes old.")
        : null;

    UnprocessedReport? NoteUnsynchronized(AnomalyReport report, DateTimeOffset now)
    {
        Debug.Assert(gate.IsHeldByCurrentThread, "Boosts are kept under the lock.");
        if (FindFault(report.RuleName, report.Timestamp, now) is { } fault) return fault;
        var rule = rules.Find(report.RuleName)!.Rule;
        if (rule.RateBoost is not { } allowed) return new(rule.RuleName, "400", $"The sampling rule {rule.RuleName} has no SamplingRateBoost.");
        boosts.Note(rule, allowed, report, now);
        return null;
    }

    SamplingTarget TargetUnsynchronized(SamplingRule rule, SamplingReport report, DateTimeOffset now)
    {
        Debug.Assert(gate.IsHeldByCurrentThread, "Statistics and clients are kept under the lock.");
        statistics.Add(report, now);
        var quota = clients.Note(rule.RuleName, report.ClientId, now) is { } place ? ReservoirShare.Of(rule.ReservoirSize, place.Clients, place.Place) : 0;
        return new SamplingTarget(rule.RuleName, rule.FixedRate, quota, now + QuotaLasts, boosts.Find(rule, now));
    }
}

/// <param name="RulesModifiedAt">Clients whose rules are older fetch them again.</param>
public sealed record SamplingAnswer(
    IReadOnlyList<SamplingTarget> Targets, DateTimeOffset RulesModifiedAt, IReadOnlyList<UnprocessedReport> Unprocessed,
    IReadOnlyList<UnprocessedReport> UnprocessedAnomalies);
