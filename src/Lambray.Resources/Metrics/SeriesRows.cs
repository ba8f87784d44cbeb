using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Metrics;

/// <summary>The rows of series.</summary>
static class SeriesRows
{
    /// <summary>The number of a series, which is new when it was never seen.</summary>
    public static long Touch(SqliteConnection connection, MetricId id, DateTimeOffset seen) => connection.One(
        """
        INSERT INTO series (namespace, name, dimensions, seen) VALUES ($1, $2, $3, $4)
        ON CONFLICT (namespace, name, dimensions) DO UPDATE SET seen = MAX(seen, excluded.seen) RETURNING id
        """,
        row => row.GetInt64(0), id.Namespace, id.Name, id.DimensionsKey, seen.ToUnixTimeSeconds());

    public static long? Find(SqliteConnection connection, MetricId id) => connection.One(
        "SELECT id FROM series WHERE namespace = $1 AND name = $2 AND dimensions = $3", row => (long?)row.GetInt64(0), id.Namespace, id.Name, id.DimensionsKey);

    /// <summary>In the order of their numbers, so that a list can be gone on with behind any of them.</summary>
    public static IReadOnlyList<NumberedMetric> List(SqliteConnection connection, string? space, string? name, DateTimeOffset seenSince, long after) =>
        connection.All(
            """
            SELECT id, namespace, name, dimensions FROM series
            WHERE id > $1 AND seen >= $2 AND ($3 IS NULL OR namespace = $3) AND ($4 IS NULL OR name = $4) ORDER BY id
            """,
            row => new NumberedMetric(row.GetInt64(0), new MetricId(row.GetString(1), row.GetString(2), MetricId.ParseDimensions(row.GetString(3)))),
            after, seenSince.ToUnixTimeSeconds(), space, name);

    public static void DeleteUnseenSince(SqliteConnection connection, DateTimeOffset since) =>
        connection.Run("DELETE FROM series WHERE seen < $1", since.ToUnixTimeSeconds());
}

/// <param name="Number">Rises with each new metric.</param>
public sealed record NumberedMetric(long Number, MetricId Id);
