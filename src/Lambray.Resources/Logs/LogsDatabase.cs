using Lambray.Storage;

namespace Lambray.Resources.Logs;

/// <summary>The embedded database of logs.</summary>
/// <remarks>
/// Events lie in blocks: what one stream got in one go, packed (<see cref="PackedEvents"/>). So an event costs bytes, not a row.
/// <code>
/// groups   1  /aws/lambda/hello  retention 7
/// streams  5  group 1  2026/03/01/[$LATEST]3f…
/// blocks   9  stream 5  from 1772366400123 to 1772366400151  4 events  (START, a line, END, REPORT)
/// </code>
/// </remarks>
static class LogsDatabase
{
    static readonly string[] Migrations =
    [
        """
        CREATE TABLE groups (
            id             INTEGER PRIMARY KEY,
            name           TEXT NOT NULL UNIQUE,
            created        INTEGER NOT NULL,          -- all times are Unix milliseconds
            retention      INTEGER,                   -- days; null for ever
            class          TEXT NOT NULL,
            is_protected   INTEGER NOT NULL,
            tags           TEXT NOT NULL,             -- JSON
            stored_bytes   INTEGER NOT NULL
        );

        CREATE TABLE streams (
            id             INTEGER PRIMARY KEY,
            group_id       INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
            name           TEXT NOT NULL,
            created        INTEGER NOT NULL,
            first_event    INTEGER,
            last_event     INTEGER,
            last_ingestion INTEGER,
            UNIQUE (group_id, name)
        );

        CREATE TABLE blocks (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id       INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
            stream_id      INTEGER NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
            first_event    INTEGER NOT NULL,
            last_event     INTEGER NOT NULL,          -- at most a day later
            ingestion      INTEGER NOT NULL,
            bytes          INTEGER NOT NULL,          -- of its events' messages
            packed         BLOB NOT NULL
        );

        CREATE INDEX blocks_of_group ON blocks (group_id, first_event, last_event);
        CREATE INDEX blocks_of_stream ON blocks (stream_id, first_event, last_event);
        """,
    ];

    public static SqliteDatabase Open(string dataDirectory) => SqliteDatabase.Open(Path.Combine(dataDirectory, "logs.db"), Migrations);
}
