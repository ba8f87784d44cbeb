using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Metrics;

/// <summary>The rows of points.</summary>
static class PointRows
{
    const string Columns = "series, start, unit, count, sum, min, max, spread";

    /// <summary>Adds values to those that are there for the same time and unit.</summary>
    public static void Merge(SqliteConnection connection, long series, MetricPoint added)
    {
        var start = added.Start.ToUnixTimeSeconds();
        var values = added.Values;
        var stored = connection.One($"SELECT {Columns} FROM points WHERE series = $1 AND start = $2 AND unit = $3", Read, series, start, added.Unit);
        if (stored is not null)
        {
            values = stored.Point.Values;
            values.Add(added.Values);
        }
        connection.Run(
            $"INSERT OR REPLACE INTO points ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            series, start, added.Unit, values.Count, values.Sum, values.Min, values.Max, values.SpreadToBytes());
    }

    /// <summary>In the order of time.</summary>
    public static IReadOnlyList<MetricPoint> List(SqliteConnection connection, long series, DateTimeOffset start, DateTimeOffset end) =>
        connection.All(
            $"SELECT {Columns} FROM points WHERE series = $1 AND start >= $2 AND start < $3 ORDER BY start", row => Read(row).Point,
            series, start.ToUnixTimeSeconds(), end.ToUnixTimeSeconds());

    /// <summary>Makes one row of all that start within the same period and before this time.</summary>
    /// <param name="rowsMax">The writer must not be kept from others for long.</param>
    public static void Coarsen(SqliteConnection connection, int periodSeconds, DateTimeOffset before, int rowsMax)
    {
        var fine = connection.All(
            $"SELECT {Columns} FROM points WHERE start < $1 AND start % $2 <> 0 ORDER BY start LIMIT $3", Read, before.ToUnixTimeSeconds(), periodSeconds, rowsMax);
        foreach (var (series, point) in fine)
        {
            var start = point.Start.ToUnixTimeSeconds();
            connection.Run("DELETE FROM points WHERE series = $1 AND start = $2 AND unit = $3", series, start, point.Unit);
            Merge(connection, series, point with { Start = DateTimeOffset.FromUnixTimeSeconds(start - (start % periodSeconds)) });
        }
    }

    public static int DeleteBefore(SqliteConnection connection, DateTimeOffset before) =>
        connection.Run("DELETE FROM points WHERE start < $1", before.ToUnixTimeSeconds());

    /// <summary>Deletes the oldest, and what has the same time as the last of them.</summary>
    public static int DeleteOldest(SqliteConnection connection, int rows) => connection.Run(
        "DELETE FROM points WHERE start <= (SELECT MAX(start) FROM (SELECT start FROM points ORDER BY start LIMIT $1))", rows);

    static PointRow Read(SqliteDataReader row) => new(
        row.GetInt64(0),
        new MetricPoint(
            DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(1)), row.GetString(2),
            Distribution.FromBytes(row.GetDouble(3), row.GetDouble(4), row.GetDouble(5), row.GetDouble(6), row.GetFieldValue<byte[]>(7))));

    sealed record PointRow(long Series, MetricPoint Point);
}
