using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Metrics;

/// <summary>How long values are kept and how finely, as CloudWatch does ("Metrics retention" in its User Guide), and in how much room.</summary>
/// <param name="BytesMax">When more is used, the oldest values go first.</param>
public sealed record MetricRetention(long BytesMax)
{
    const int CoarsenedAtOnceMax = 20_000;
    const int DroppedAtOnce = 500;

    static readonly TimeSpan Minutes = TimeSpan.FromDays(15);
    static readonly TimeSpan FiveMinutes = TimeSpan.FromDays(63);
    static readonly TimeSpan Hours = TimeSpan.FromDays(455);

    /// <summary>CloudWatch lists a metric for so long after its last value.</summary>
    public static readonly TimeSpan Listed = TimeSpan.FromDays(14);

    internal void Apply(SqliteConnection connection, DateTimeOffset now)
    {
        PointRows.DeleteBefore(connection, now - Hours);
        SeriesRows.DeleteUnseenSince(connection, now - Hours);
        PointRows.Coarsen(connection, 3600, now - FiveMinutes, CoarsenedAtOnceMax);
        PointRows.Coarsen(connection, 300, now - Minutes, CoarsenedAtOnceMax);
        while (connection.UsedBytes() > BytesMax && PointRows.DeleteOldest(connection, DroppedAtOnce) > 0)
        {
        }
    }
}
