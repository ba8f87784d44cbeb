using System.Collections.Concurrent;
using Lambray.Storage;
using Microsoft.Extensions.Logging;

namespace Lambray.Resources.Metrics;

/// <summary>All metrics of the account: values gather in memory by the minute, and are on disk a few seconds later.</summary>
/// <remarks>A crash loses those seconds. What is read includes everything recorded before the call.</remarks>
public sealed partial class MetricStore : IAsyncDisposable
{
    static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(5);
    static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(10);

    // Series of metrics that nobody records any more would otherwise stay in memory for ever.
    const int SeriesInMemoryMax = 100_000;

    readonly SqliteDatabase database;
    readonly MetricRetention retention;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly ConcurrentDictionary<MetricId, MetricSeries> series = [];
    readonly ConcurrentQueue<MetricSeries> changed = [];
    readonly WriteBehind writes;
    DateTimeOffset retentionDue;

    MetricStore(SqliteDatabase database, MetricRetention retention, TimeProvider time, ILogger logger)
    {
        (this.database, this.retention, this.time, this.logger) = (database, retention, time, logger);
        retentionDue = time.GetUtcNow();
        writes = new WriteBehind(WriteAsync, WriteInterval, time, LogNotWritten);
    }

    public static MetricStore Open(string dataDirectory, MetricRetention retention, TimeProvider time, ILogger<MetricStore> logger) =>
        new(MetricsDatabase.Open(dataDirectory), retention, time, logger);

    /// <summary>A metric to record values of, new or not.</summary>
    public MetricSeries Series(MetricId id)
    {
        if (series.TryGetValue(id, out var known)) return known;
        // Those in use come back; values that wait in one that is let go are written all the same.
        if (series.Count >= SeriesInMemoryMax) series.Clear();
        return series.GetOrAdd(id, static (id, store) => new MetricSeries(id, store.changed.Enqueue), this);
    }

    /// <summary>The values of a metric by period, in the order of time; periods without any are left out.</summary>
    /// <param name="unit">Null for all; what has different units is never added up.</param>
    public async Task<IReadOnlyList<MetricPoint>> ReadAsync(MetricId id, MetricPeriods periods, string? unit = null)
    {
        await writes.FlushAsync();
        var points = database.Read(connection =>
            SeriesRows.Find(connection, id) is { } number ? PointRows.List(connection, number, periods.Start, periods.End) : []);
        return [.. points.Where(point => unit is null || point.Unit == unit).GroupBy(point => (Start: periods.StartOf(point.Start), point.Unit), Merge)];
    }

    /// <summary>Metrics with a value since then, oldest first.</summary>
    /// <param name="after">The number of the last one that is known already.</param>
    public async Task<IReadOnlyList<NumberedMetric>> ListAsync(string? space, string? name, DateTimeOffset seenSince, long after)
    {
        await writes.FlushAsync();
        return database.Read(connection => SeriesRows.List(connection, space, name, seenSince, after));
    }

    /// <summary>Everything recorded so far is on disk when the task completes.</summary>
    public Task FlushAsync() => writes.FlushAsync();

    public async ValueTask DisposeAsync()
    {
        await writes.DisposeAsync();
        await database.DisposeAsync();
    }

    static MetricPoint Merge((DateTimeOffset Start, string Unit) key, IEnumerable<MetricPoint> points)
    {
        var merged = new Distribution();
        foreach (var point in points) merged.Add(point.Values);
        return new MetricPoint(key.Start, key.Unit, merged);
    }

    async Task WriteAsync()
    {
        var now = time.GetUtcNow();
        var taken = new List<(MetricSeries Series, IReadOnlyList<MetricPoint> Points)>();
        while (changed.TryDequeue(out var next)) taken.Add((next, next.Take()));
        var isRetentionDue = now >= retentionDue;
        if (taken.Count == 0 && !isRetentionDue) return;
        try
        {
            await database.WriteAsync(connection =>
            {
                foreach (var (changedSeries, points) in taken)
                {
                    var number = SeriesRows.Touch(connection, changedSeries.Id, now);
                    foreach (var point in points) PointRows.Merge(connection, number, point);
                }
                if (isRetentionDue) retention.Apply(connection, now);
            });
            if (isRetentionDue) retentionDue = now + RetentionInterval;
        }
        catch
        {
            foreach (var (changedSeries, points) in taken)
                foreach (var point in points) changedSeries.Record(point.Start, point.Values, point.Unit);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Metrics could not be written; they are kept in memory until the next try")]
    partial void LogNotWritten(Exception error);
}
