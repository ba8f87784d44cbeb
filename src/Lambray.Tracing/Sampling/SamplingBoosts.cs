namespace Lambray.Tracing.Sampling;

/// <summary>The boosts of rules: begun by a report of anomalies, over after a minute, and not again before the rule's cooldown has passed.</summary>
sealed class SamplingBoosts
{
    static readonly TimeSpan BoostLasts = TimeSpan.FromMinutes(1);

    readonly Dictionary<string, (SamplingBoost Boost, DateTimeOffset CooledDown)> last = [];

    public void Note(SamplingRule rule, SamplingRateBoost allowed, AnomalyReport report, DateTimeOffset now)
    {
        if (last.TryGetValue(rule.RuleName, out var before) && (now < before.Boost.Ends || now < before.CooledDown)) return;
        if (BoostedRate.For(rule.FixedRate, allowed.MaxRate, report.AnomalyCount, report.SampledAnomalyCount) is { } rate)
            last[rule.RuleName] = (new SamplingBoost(rate, now + BoostLasts), now + TimeSpan.FromMinutes(allowed.CooldownWindowMinutes));
    }

    /// <summary>The boost that the rule has now.</summary>
    public SamplingBoost? Find(SamplingRule rule, DateTimeOffset now) =>
        rule.RateBoost is not null && last.TryGetValue(rule.RuleName, out var found) && now < found.Boost.Ends ? found.Boost : null;

    /// <inheritdoc cref="RecentClients.Keep"/>
    public void Keep(IReadOnlySet<string> rules)
    {
        foreach (var rule in last.Keys)
            if (!rules.Contains(rule)) last.Remove(rule);
    }
}
