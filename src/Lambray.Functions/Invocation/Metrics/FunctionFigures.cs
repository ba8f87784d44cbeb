using System.Collections.Concurrent;

namespace Lambray.Functions.Invocation.Metrics;

/// <summary>What happened to one function since the server's start, for whoever reads it again and again and looks at the difference.</summary>
public sealed class FunctionFigures
{
    readonly ConcurrentDictionary<LambdaMetric, MetricTotal> totals = [];
    int executions;

    /// <summary>How many of its invocations run at this moment.</summary>
    public int Executions => Volatile.Read(ref executions);

    public IEnumerable<KeyValuePair<LambdaMetric, MetricTotal>> Totals => totals;

    internal int Begin() => Interlocked.Increment(ref executions);

    internal void End() => Interlocked.Decrement(ref executions);

    internal void Add(LambdaMetric metric, double value) => totals.GetOrAdd(metric, static _ => new MetricTotal()).Add(value);
}

/// <summary>All values of one metric: their number and sum, the last one, and how many were no larger than certain bounds.</summary>
public sealed class MetricTotal
{
    readonly Lock gate = new();
    readonly long[] upTo = new long[Bounds.Length];
    long count;
    double sum;
    double last;

    /// <summary>Bounds that suit durations in milliseconds, from a warm no-op to Lambda's longest.</summary>
    public static ReadOnlySpan<double> Bounds => [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000];

    public MetricTotalSnapshot Read()
    {
        lock (gate) return new MetricTotalSnapshot(count, sum, last, [.. upTo]);
    }

    internal void Add(double value)
    {
        lock (gate)
        {
            count++;
            sum += value;
            last = value;
            for (var i = Bounds.Length - 1; i >= 0 && value <= Bounds[i]; i--) upTo[i]++;
        }
    }
}

/// <param name="UpTo">How many were no larger than each of <see cref="MetricTotal.Bounds"/>.</param>
public sealed record MetricTotalSnapshot(long Count, double Sum, double Last, IReadOnlyList<long> UpTo);
