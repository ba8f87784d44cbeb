using Lambray.Storage;

namespace Lambray.Resources.Metrics;

/// <summary>The embedded database of metrics.</summary>
/// <remarks>
/// Values of one metric and one minute are one row. Rows become coarser with age; a row of five minutes or of an hour is one
/// that starts with them, and no other of that time is left.
/// <code>
/// series  1  AWS/Lambda  Duration  FunctionName\nhello
/// points  1  1764000000  Milliseconds  count 3  sum 21.4  min 2.1  max 12.8  spread (bucket, count)…
/// </code>
/// </remarks>
static class MetricsDatabase
{
    static readonly string[] Migrations =
    [
        """
        CREATE TABLE series (
            id          INTEGER PRIMARY KEY,
            namespace   TEXT NOT NULL,
            name        TEXT NOT NULL,
            dimensions  TEXT NOT NULL,                -- names and values, each on its line, sorted by name
            seen        INTEGER NOT NULL,             -- when a value last came, Unix seconds
            UNIQUE (namespace, name, dimensions)
        );

        CREATE TABLE points (
            series      INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
            start       INTEGER NOT NULL,             -- Unix seconds
            unit        TEXT NOT NULL,
            count       REAL NOT NULL,
            sum         REAL NOT NULL,
            min         REAL NOT NULL,
            max         REAL NOT NULL,
            spread      BLOB NOT NULL,                -- Distribution.SpreadToBytes
            PRIMARY KEY (series, start, unit)
        ) WITHOUT ROWID;

        CREATE INDEX points_by_start ON points (start);
        """,
    ];

    public static SqliteDatabase Open(string dataDirectory) => SqliteDatabase.Open(Path.Combine(dataDirectory, "metrics.db"), Migrations);
}
