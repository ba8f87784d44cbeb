using Lambray.Storage;

namespace Lambray.Functions.Invocation.KeptEvents;

/// <summary>The embedded database of events that functions were invoked with.</summary>
static class KeptEventsDatabase
{
    static readonly string[] Migrations =
    [
        """
        CREATE TABLE kept_events (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order they were kept
            request_id     TEXT NOT NULL UNIQUE,
            function       TEXT NOT NULL,
            qualifier      TEXT,
            asynchronous   INTEGER NOT NULL,
            payload        BLOB NOT NULL,
            client_context TEXT,
            received       INTEGER NOT NULL                    -- Unix milliseconds
        );
        CREATE INDEX kept_events_of_function ON kept_events (function, id);
        """,
    ];

    public static SqliteDatabase Open(string dataDirectory) => SqliteDatabase.Open(Path.Combine(dataDirectory, "kept-events.db"), Migrations);
}
