namespace Lambray.Tracing.TraceQuery.Statistics;

/// <summary>What a list of traces is ordered by.</summary>
public enum TraceOrder
{
    StartTime,
    EntryPoint,
    Method,
    Url,
    HttpStatus,
    ResponseTime,
    Duration,
}

public static class TraceOrders
{
    /// <summary>The traces in an order; those without a value come last whichever way, and among equals the newest first, so that pages of it agree.</summary>
    public static IEnumerable<TraceSummary> Ordered(this IEnumerable<TraceSummary> traces, TraceOrder order, bool descending)
    {
        var byPresence = traces.OrderBy(trace => Value(trace, order) is null);
        var byValue = descending
            ? byPresence.ThenByDescending(trace => Value(trace, order), Comparer<IComparable?>.Create(Compare))
            : byPresence.ThenBy(trace => Value(trace, order), Comparer<IComparable?>.Create(Compare));
        return byValue.ThenByDescending(trace => trace.StartTime).ThenBy(trace => trace.Id.ToString(), StringComparer.Ordinal);
    }

    static IComparable? Value(TraceSummary trace, TraceOrder order) => order switch
    {
        TraceOrder.StartTime => trace.StartTime.EpochMicroseconds,
        TraceOrder.EntryPoint => trace.EntryPoint.Name,
        TraceOrder.Method => trace.Http?.Method,
        TraceOrder.Url => trace.Http?.Url,
        TraceOrder.HttpStatus => trace.Http?.Status,
        TraceOrder.ResponseTime => trace.IsPartial ? null : trace.ResponseTime,
        _ => trace.Duration,
    };

    // Texts by their characters, as the same on every machine.
    static int Compare(IComparable? one, IComparable? other) =>
        one is string text && other is string otherText ? string.CompareOrdinal(text, otherText) : Comparer<IComparable?>.Default.Compare(one, other);
}
