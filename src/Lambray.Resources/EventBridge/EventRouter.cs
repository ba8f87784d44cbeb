using Lambray.Resources.EventBridge.Delivery;

namespace Lambray.Resources.EventBridge;

/// <summary>The way of an event through a bus: each rule that it fits sends it to its targets, and it is on disk for all of them before its publisher is answered.</summary>
public sealed class EventRouter(EventRules rules, TargetDeliveries deliveries, BusTraces traces, RuleMetrics metrics)
{
    public Task RouteAsync(string bus, BusEvent happened) => RouteAsync([(bus, happened)]);

    public async Task RouteAsync(IReadOnlyList<(string Bus, BusEvent Event)> events)
    {
        var ends = new List<Action>();
        var matches = new List<(EventRule, BusEvent)>();
        foreach (var (bus, happened) in events)
        {
            var (header, end) = traces.Begin(bus, happened);
            if (end is not null) ends.Add(end);
            var traced = happened.TraceHeader == header ? happened : happened with { TraceHeader = header };
            matches.AddRange(rules.OnBus(bus).Where(rule => rule.Fits(traced)).Select(rule => (rule, traced)));
        }
        await deliveries.AddAsync(matches);
        foreach (var (rule, _) in matches) metrics.Matched(rule);
        ends.ForEach(end => end());
    }
}
