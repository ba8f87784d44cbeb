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
        """
        ALTER TABLE functions RENAME TO functions_before;

        CREATE TABLE functions (
            name                 TEXT PRIMARY KEY,
            function             TEXT NOT NULL,               -- RegisteredFunction as JSON; the columns below repeat what is searched for
            code_size            INTEGER NOT NULL,
            unfinished           INTEGER NOT NULL,            -- 1 while a creation or an update is being prepared
            reserved_concurrency INTEGER,
            has_provisioned      INTEGER NOT NULL DEFAULT 0,
            code_signing_config  TEXT
        ) WITHOUT ROWID;
        CREATE INDEX functions_code_size ON functions (code_size);
        CREATE INDEX functions_unfinished ON functions (name) WHERE unfinished = 1;
        CREATE INDEX functions_reserved ON functions (reserved_concurrency) WHERE reserved_concurrency IS NOT NULL;
        CREATE INDEX functions_provisioned ON functions (name) WHERE has_provisioned = 1;
        CREATE INDEX functions_code_signing ON functions (code_signing_config, name) WHERE code_signing_config IS NOT NULL;

        CREATE TABLE versions (
            function   TEXT NOT NULL,
            version    INTEGER NOT NULL,
            model      TEXT NOT NULL,                         -- FunctionModel as JSON
            code_size  INTEGER NOT NULL,
            PRIMARY KEY (function, version)
        ) WITHOUT ROWID;
        CREATE INDEX versions_code_size ON versions (code_size);

        CREATE TABLE code_uses (                              -- which packages in code/ are still needed, and by whom
            owner   TEXT NOT NULL,                            -- my-function:$LATEST, my-function:3, or /my-layer:2
            sha256  TEXT NOT NULL,
            PRIMARY KEY (owner, sha256)
        ) WITHOUT ROWID;
        CREATE INDEX code_uses_sha256 ON code_uses (sha256);

        CREATE TABLE function_urls (
            id         TEXT PRIMARY KEY,
            function   TEXT NOT NULL,
            qualifier  TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX function_urls_function ON function_urls (function);

        CREATE TABLE code_signing_configs (
            id      TEXT PRIMARY KEY,
            config  TEXT NOT NULL                             -- CodeSigningConfig as JSON
        ) WITHOUT ROWID;

        ALTER TABLE layers ADD COLUMN code_size INTEGER NOT NULL DEFAULT 0;
        UPDATE layers SET code_size = json_extract(model, '$.Content.Size') WHERE model IS NOT NULL;
        CREATE INDEX layers_code_size ON layers (code_size);

        INSERT INTO functions (name, function, code_size, unfinished)
            SELECT name, json_object('Latest', json(model), 'Tags', json(coalesce(json_extract(model, '$.Tags'), '{}'))), json_extract(model, '$.CodeSize'),
                json_extract(model, '$.State') = 'Pending' OR coalesce(json_extract(model, '$.LastUpdateStatus') = 'InProgress', 0)
            FROM functions_before;
        INSERT OR IGNORE INTO code_uses (owner, sha256)
            SELECT name || ':$LATEST', json_extract(model, '$.CodeSha256') FROM functions_before
            UNION SELECT name || ':$LATEST', json_extract(model, '$.Previous.CodeSha256') FROM functions_before WHERE json_extract(model, '$.Previous') IS NOT NULL
            UNION SELECT name || ':$LATEST', json_extract(layer.value, '$.Content.Sha256') FROM functions_before, json_each(functions_before.model, '$.Layers') AS layer
            UNION SELECT '/' || name || ':' || version, json_extract(model, '$.Content.Sha256') FROM layers WHERE model IS NOT NULL;
        DROP TABLE functions_before;
        """,
        """
        ALTER TABLE events ADD COLUMN function TEXT NOT NULL DEFAULT '';
        UPDATE events SET function = event ->> '$.Function.Name';
        """,
        """
        ALTER TABLE layers ADD COLUMN policy TEXT;            -- ResourcePolicy as JSON; null when there is none
        """,
        """
        CREATE TABLE event_source_mappings (
            uuid      TEXT PRIMARY KEY,
            mapping   TEXT NOT NULL,                          -- EventSourceMapping as JSON
            source    TEXT,                                   -- ARN of what is polled; null when it has none
            function  TEXT NOT NULL                           -- ARN, qualified if the mapping names a version or an alias
        ) WITHOUT ROWID;
        CREATE INDEX event_source_mappings_function ON event_source_mappings (function, uuid);
        CREATE INDEX event_source_mappings_source ON event_source_mappings (source, uuid) WHERE source IS NOT NULL;
        """,
        """
        CREATE TABLE test_events (
            function  TEXT NOT NULL,
            name      TEXT NOT NULL,
            event     TEXT NOT NULL,                          -- JSON
            modified  INTEGER NOT NULL,                       -- Unix milliseconds
            PRIMARY KEY (function, name)
        ) WITHOUT ROWID;
        """,
        """
        CREATE TABLE stream_positions (
            mapping   TEXT NOT NULL,                          -- UUID of an event source mapping
            shard     TEXT NOT NULL,
            progress  TEXT NOT NULL,                          -- ShardProgress as JSON
            PRIMARY KEY (mapping, shard)
        ) WITHOUT ROWID;
        """,
    ];

    public static SqliteDatabase Open(string dataDirectory) => SqliteDatabase.Open(Path.Combine(dataDirectory, "functions.db"), Migrations);
}
