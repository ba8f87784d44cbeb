using System.Collections.Concurrent;
using Lambray.Resources.Metrics;

namespace Lambray.Resources.EventBridge;

/// <summary>What CloudWatch is told of rules ("Monitoring Amazon EventBridge" in the EventBridge User Guide).</summary>
public sealed class RuleMetrics(MetricStore metrics, TimeProvider time)
{
    readonly ConcurrentDictionary<(string Bus, string Rule), ResourceMetrics> rules = [];

    internal void Matched(EventRule rule) => Count(rule, "MatchedEvents");

    internal void Triggered(EventRule rule) => Count(rule, "TriggeredRules");

    /// <summary>A target has taken an event, or will never.</summary>
    internal void Invoked(EventRule rule, bool hasFailed)
    {
        Count(rule, "Invocations");
        if (hasFailed) Count(rule, "FailedInvocations");
    }

    void Count(EventRule rule, string name) => rules.GetOrAdd((rule.Bus, rule.Name), Of).Record(name, 1, MetricUnit.Count);

    // Rules of the default bus are known by their names alone.
    ResourceMetrics Of((string Bus, string Rule) named) => new(
        metrics, "AWS/Events", [.. named.Bus == EventBus.Default ? [] : new[] { new MetricDimension("EventBusName", named.Bus) }, new MetricDimension("RuleName", named.Rule)], time);
}
