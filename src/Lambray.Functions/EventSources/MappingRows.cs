using System.Text.Json;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Functions.EventSources;

/// <summary>Event source mappings in the database; what they are searched by has a column of its own.</summary>
static class MappingRows
{
    public static EventSourceMapping? Find(SqliteConnection connection, Guid uuid) =>
        connection.One("SELECT mapping FROM event_source_mappings WHERE uuid = $1", Read, uuid.ToString());

    /// <summary>In the order of their ids, from behind this one.</summary>
    /// <param name="source">An event source's ARN; null for any.</param>
    /// <param name="function">A function's ARN, as the mapping has it; null for any.</param>
    public static List<EventSourceMapping> List(SqliteConnection connection, string? source, string? function, string after, int count) => connection.All(
        """
        SELECT mapping FROM event_source_mappings
        WHERE uuid > $1 AND ($2 IS NULL OR source = $2) AND ($3 IS NULL OR function = $3)
        ORDER BY uuid LIMIT $4
        """,
        Read, after, source, function, count);

    /// <summary>Those of one function, by the ARN that they name it with.</summary>
    public static List<EventSourceMapping> ListOf(SqliteConnection connection, string function) =>
        connection.All("SELECT mapping FROM event_source_mappings WHERE function = $1 ORDER BY uuid", Read, function);

    public static void Save(SqliteConnection connection, EventSourceMapping mapping, string function) => connection.Run(
        "INSERT OR REPLACE INTO event_source_mappings (uuid, mapping, source, function) VALUES ($1, $2, $3, $4)",
        mapping.Uuid.ToString(), JsonSerializer.Serialize(mapping, MappingJson.Default.EventSourceMapping), mapping.Settings.EventSourceArn, function);

    public static void Delete(SqliteConnection connection, Guid uuid)
    {
        connection.Run("DELETE FROM event_source_mappings WHERE uuid = $1", uuid.ToString());
        connection.Run("DELETE FROM stream_positions WHERE mapping = $1", uuid.ToString());
    }

    static EventSourceMapping Read(SqliteDataReader row) => JsonSerializer.Deserialize(row.GetString(0), MappingJson.Default.EventSourceMapping)!;
}
