using Lambray.Storage;

namespace Lambray.Functions;

/// <summary>The embedded database of functions and of the events that wait for them.</summary>
public static class FunctionsDatabase
{
    static readonly string[] Migrations =
    [
        """
        CREATE TABLE functions (
            name     TEXT PRIMARY KEY,
            model    TEXT NOT NULL                    -- FunctionModel as JSON
        ) WITHOUT ROWID;

        CREATE TABLE events (                         -- accepted with a 202, not yet through
            id       INTEGER PRIMARY KEY AUTOINCREMENT,
            due      INTEGER NOT NULL,                -- when the next attempt may start, Unix milliseconds
            event    TEXT NOT NULL,                   -- QueuedEvent as JSON, without its payload
            payload  BLOB NOT NULL
        );
        """,
        """
        CREATE TABLE layers (
            name     TEXT NOT NULL,
            version  INTEGER NOT NULL,
            model    TEXT,                            -- LayerVersion as JSON; null once deleted
            PRIMARY KEY (name, version)
        ) WITHOUT ROWID;
        """,
    ];

    public static SqliteDatabase Open(string dataDirectory) => SqliteDatabase.Open(Path.Combine(dataDirectory, "functions.db"), Migrations);
}
