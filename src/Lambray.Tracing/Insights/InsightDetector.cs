namespace Lambray.Tracing.Insights;

/// <summary>Finds the fault anomalies of one group, minute by minute: maps in, insights out. It knows no clock and no disk.</summary>
/// <remarks>
/// <list type="number">
/// <item>Each service is held against what is usual for it.</item>
/// <item>Services with too many faults that call each other are one anomaly.</item>
/// <item>An anomaly that lasts for three minutes begins an insight; later it may spread, and shrink to another root cause.</item>
/// <item>An insight ends when nothing has been unusual for five minutes.</item>
/// </list>
/// </remarks>
public sealed class InsightDetector(string groupName, string groupArn, IEnumerable<Insight> active)
{
    const int MinutesToBegin = 3;
    const int MinutesToEnd = 5;

    readonly Dictionary<ServiceId, ServiceBaseline> baselines = [];
    readonly Queue<MinuteGraph> recent = new(MinutesToBegin);
    List<Insight> open = [.. active];

    /// <summary>Takes in a minute of the past without telling anything of it: what is usual is learnt from it.</summary>
    public void Learn(MinuteGraph minute)
    {
        foreach (var service in minute.Services)
            if (!baselines.ContainsKey(service.Id)) baselines[service.Id] = new ServiceBaseline();
        foreach (var (id, baseline) in baselines)
        {
            var requests = minute.RequestsOf(id);
            baseline.Observe(new FaultCount(requests.Total, requests.Faults));
            if (baseline.IsForgotten) baselines.Remove(id);
        }
        if (recent.Count == MinutesToBegin) recent.Dequeue();
        recent.Enqueue(minute);
    }

    /// <summary>Takes in the next minute.</summary>
    /// <returns>The insights that began, changed or ended in it.</returns>
    public IReadOnlyList<Insight> Advance(MinuteGraph minute)
    {
        Learn(minute);
        var changed = new List<Insight>();
        foreach (var anomaly in Anomalies(minute))
        {
            if (open.Find(insight => !changed.Exists(other => other.Id == insight.Id) && insight.Services.Any(service => anomaly.Contains(service.Id))) is { } known)
                changed.Add(Grown(known, anomaly, minute));
            else if (anomaly.Max(id => baselines[id].Streak) >= MinutesToBegin)
                changed.Add(Begun(anomaly, minute));
        }
        changed.AddRange(open.Where(insight => !changed.Exists(other => other.Id == insight.Id)).Select(insight => Quiet(insight, minute)));
        open = changed.FindAll(insight => insight.IsActive);
        return changed;
    }

    /// <summary>The services with too many faults, those together that call each other.</summary>
    List<List<ServiceId>> Anomalies(MinuteGraph minute)
    {
        var unusual = minute.Services.Where(service => baselines[service.Id].Streak > 0).Select(service => service.Id).ToHashSet();
        var groups = unusual.ToDictionary(id => id, id => new List<ServiceId> { id });
        foreach (var service in minute.Services.Where(service => unusual.Contains(service.Id)))
        {
            foreach (var called in service.Calls.Where(unusual.Contains))
            {
                var (one, other) = (groups[service.Id], groups[called]);
                if (one == other) continue;
                one.AddRange(other);
                foreach (var id in other) groups[id] = one;
            }
        }
        return [.. groups.Values.Distinct()];
    }

    Insight Begun(List<ServiceId> anomaly, MinuteGraph minute)
    {
        var streak = Math.Min(MinutesToBegin, anomaly.Max(id => baselines[id].Streak));
        var since = recent.TakeLast(streak).ToList();
        var services = anomaly.Select(id => new ServiceImpact(id, since.Aggregate(RequestImpact.None, (sum, past) => sum + past.RequestsOf(id))));
        return new Insight(
            Guid.NewGuid(), groupName, groupArn, RootCause(anomaly, minute), since[0].Minute, Ended: null, minute.Minute, End(minute),
            since.Aggregate(RequestImpact.None, (sum, past) => sum + past.ClientRequests), Sorted(services));
    }

    Insight Grown(Insight insight, List<ServiceId> anomaly, MinuteGraph minute) => Counted(insight, minute) with
    {
        RootCause = RootCause(anomaly, minute),
        LastUnusual = minute.Minute,
        Services = Sorted(insight.Services.Select(service => service.Id).Union(anomaly).Select(id => new ServiceImpact(
            id, (insight.Services.FirstOrDefault(service => service.Id == id)?.Requests ?? RequestImpact.None) + minute.RequestsOf(id)))),
    };

    static Insight Quiet(Insight insight, MinuteGraph minute)
    {
        var isOver = minute.Minute - insight.LastUnusual >= TimeSpan.FromMinutes(MinutesToEnd);
        // The quiet minutes at its end are no part of it, but they were counted while nobody knew that it was over.
        return isOver ? insight with
        {
            Ended = insight.LastUnusual.AddMinutes(1),
            Updated = End(minute),
        } : Counted(insight, minute) with
        {
            Services = Sorted(insight.Services.Select(service => service with
            {
                Requests = service.Requests + minute.RequestsOf(service.Id),
            })),
        };
    }

    static Insight Counted(Insight insight, MinuteGraph minute) => insight with
    {
        Updated = End(minute),
        ClientRequests = insight.ClientRequests + minute.ClientRequests,
    };

    // Whoever calls a failing service fails too: the cause is one that calls no other of them; of several, the one with the most faults.
    ServiceId RootCause(List<ServiceId> anomaly, MinuteGraph minute)
    {
        var deepest = anomaly.Where(id => !minute.Find(id)!.Calls.Any(called => called != id && anomaly.Contains(called))).ToList();
        // Services may call each other in a ring.
        return (deepest.Count > 0 ? deepest : anomaly)
            .OrderByDescending(id => baselines[id].Excess).ThenBy(id => id.Name, StringComparer.Ordinal).ThenBy(id => id.Type, StringComparer.Ordinal).First();
    }

    static IReadOnlyList<ServiceImpact> Sorted(IEnumerable<ServiceImpact> services) =>
        [.. services.OrderByDescending(service => service.Requests.Faults).ThenBy(service => service.Id.Name, StringComparer.Ordinal)];

    static DateTimeOffset End(MinuteGraph minute) => minute.Minute.AddMinutes(1);
}
