namespace Lambray.Tracing.TraceQuery.Statistics;

/// <summary>Traces put together by something that they tell of themselves, such as the URL: which kinds there are, how many, how slow, how often they fail.</summary>
public static class TraceBreakdown
{
    const int RowsMax = 100;

    /// <summary>The kinds, those with the most traces first; the traces that tell nothing of it are a kind of their own.</summary>
    public static IReadOnlyList<BreakdownRow> By(BreakdownSubject subject, IReadOnlyList<TraceSummary> traces)
    {
        var kinds = new Dictionary<Kind, List<TraceSummary>>();
        foreach (var trace in traces)
            foreach (var kind in subject.KindsOf(trace).DefaultIfEmpty(Kind.None).Distinct())
            {
                if (!kinds.TryGetValue(kind, out var alike)) kinds[kind] = alike = [];
                alike.Add(trace);
            }
        return
        [
            .. kinds.OrderByDescending(kind => kind.Value.Count).ThenBy(kind => kind.Key.Value, StringComparer.Ordinal).Take(RowsMax)
                .Select(kind => Row(kind.Key, kind.Value)),
        ];
    }

    static BreakdownRow Row(Kind kind, List<TraceSummary> traces)
    {
        var times = traces.Where(trace => !trace.IsPartial).Select(trace => (long)Math.Round(trace.ResponseTime * 1e6)).Order().ToList();
        return new BreakdownRow(
            kind.Value, kind.Filter, OutcomeCounts.Of(traces), times.Count == 0 ? null : (long)times.Average(),
            times.Count == 0 ? null : ResponseTimePercentiles.Of(times).P95);
    }
}

/// <summary>What traces that are put together have alike.</summary>
/// <param name="Filter">The expression that finds them.</param>
readonly record struct Kind(string? Value, string? Filter)
{
    public static Kind None => default;
}

/// <param name="Value">Null for the traces that have none.</param>
/// <param name="Filter">Finds these traces; null where no expression does.</param>
/// <param name="AverageMicroseconds">Of the response times; null while all are in progress.</param>
public sealed record BreakdownRow(string? Value, string? Filter, OutcomeCounts Counts, long? AverageMicroseconds, long? P95Microseconds);
