using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Logs;

/// <summary>The rows of log streams.</summary>
static class StreamRows
{
    const string Columns = "id, name, created, first_event, last_event, last_ingestion";

    public static LogStream? Find(SqliteConnection connection, LogGroup group, string name) =>
        connection.One($"SELECT {Columns} FROM streams WHERE group_id = $1 AND name = $2", Read, group.Number, name);

    public static LogStream Get(SqliteConnection connection, LogGroup group, string name) =>
        Find(connection, group, name) ?? throw LogErrors.StreamNotFound();

    /// <summary>Sorted by name.</summary>
    public static IReadOnlyList<LogStream> List(SqliteConnection connection, LogGroup group, string prefix) => connection.All(
        $"SELECT {Columns} FROM streams WHERE group_id = $1 AND substr(name, 1, $2) = $3 ORDER BY name", Read, group.Number, prefix.Length, prefix);

    public static void Insert(SqliteConnection connection, LogGroup group, string name, DateTimeOffset created) => connection.Run(
        "INSERT INTO streams (group_id, name, created) VALUES ($1, $2, $3)", group.Number, name, created.ToUnixTimeMilliseconds());

    public static void TellOfEvents(SqliteConnection connection, LogStream stream, PackedEvents events, DateTimeOffset ingestion) => connection.Run(
        """
        UPDATE streams SET first_event = MIN(COALESCE(first_event, $1), $1), last_event = MAX(COALESCE(last_event, $2), $2), last_ingestion = $3
        WHERE id = $4
        """,
        events.First, events.Last, ingestion.ToUnixTimeMilliseconds(), stream.Number);

    public static void Delete(SqliteConnection connection, LogStream stream) => connection.Run("DELETE FROM streams WHERE id = $1", stream.Number);

    /// <summary>Deletes those that had events and have none any more: each execution environment leaves one behind.</summary>
    public static void DeleteEmptied(SqliteConnection connection, DateTimeOffset lastIngestionBefore) => connection.Run(
        "DELETE FROM streams WHERE last_ingestion < $1 AND NOT EXISTS (SELECT 1 FROM blocks WHERE stream_id = streams.id)",
        lastIngestionBefore.ToUnixTimeMilliseconds());

    static LogStream Read(SqliteDataReader row) => new(
        row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), NumberOrNull(row, 3), NumberOrNull(row, 4), NumberOrNull(row, 5))
    {
        Number = row.GetInt64(0),
    };

    static long? NumberOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
