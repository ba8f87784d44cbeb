namespace Lambray.Tracing.Sampling;

/// <summary>How far the rate of a rule is raised, so that traces of an anomaly are there when somebody looks.</summary>
public static class BoostedRate
{
    // A trace a second is plenty to look at; reports come every ten seconds.
    const int SampledAnomaliesWanted = 10;

    /// <summary>The rate at which enough of the anomalies would be sampled; null when the rule's own rate does, or there are none.</summary>
    /// <remarks>The rarer the anomalies, the higher the rate: a single one in ten seconds takes all that the rule allows.</remarks>
    public static double? For(double fixedRate, double maxRate, int anomalies, int sampledAnomalies)
    {
        if (anomalies <= 0 || sampledAnomalies >= Math.Min(anomalies, SampledAnomaliesWanted)) return null;
        var rate = Math.Min(maxRate, (double)SampledAnomaliesWanted / anomalies);
        return rate > fixedRate ? rate : null;
    }
}
