using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Logs;

/// <summary>The rows of blocks.</summary>
static class BlockRows
{
    public static void Insert(SqliteConnection connection, LogGroup group, LogStream stream, PackedEvents events, byte[] packed, DateTimeOffset ingestion)
    {
        connection.Run(
            "INSERT INTO blocks (group_id, stream_id, first_event, last_event, ingestion, bytes, packed) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            group.Number, stream.Number, events.First, events.Last, ingestion.ToUnixTimeMilliseconds(), events.MessageBytes, packed);
        StreamRows.TellOfEvents(connection, stream, events, ingestion);
        GroupRows.AddStoredBytes(connection, group.Number, events.MessageBytes);
    }

    /// <summary>Blocks of a group, or of one of its streams, with events in a time: by their first event, or by their last from the end.</summary>
    public static IEnumerable<BlockHeader> Headers(SqliteConnection connection, long group, long? stream, long start, long end, bool fromEnd) => connection.Each(
        $"""
        SELECT b.id, b.first_event, b.last_event, b.ingestion, s.name FROM blocks b JOIN streams s ON s.id = b.stream_id
        WHERE {(stream is null ? "b.group_id" : "b.stream_id")} = $1 AND b.first_event >= $2 AND b.first_event < $3 AND b.last_event >= $4
        ORDER BY {(fromEnd ? "b.last_event DESC, b.id DESC" : "b.first_event, b.id")}
        """,
        ReadHeader,
        // No block spans more than that, so the index by the first event finds those that reach into the time.
        stream ?? group, Math.Max(start, long.MinValue + PackedEvents.SpanMaxMilliseconds) - PackedEvents.SpanMaxMilliseconds, end, start);

    /// <summary>Blocks that came behind one and up to another, in the order in which they came.</summary>
    public static IEnumerable<BlockHeader> HeadersBetween(SqliteConnection connection, long group, long after, long upTo) => connection.Each(
        """
        SELECT b.id, b.first_event, b.last_event, b.ingestion, s.name FROM blocks b JOIN streams s ON s.id = b.stream_id
        WHERE b.id > $1 AND b.id <= $2 AND b.group_id = $3 ORDER BY b.id
        """,
        ReadHeader, after, upTo, group);

    public static long LastNumber(SqliteConnection connection) => connection.One("SELECT COALESCE(MAX(id), 0) FROM blocks", row => row.GetInt64(0));

    public static byte[] Packed(SqliteConnection connection, long block) =>
        connection.One("SELECT packed FROM blocks WHERE id = $1", row => row.GetFieldValue<byte[]>(0), block)!;

    /// <summary>Deletes blocks of a group that lie wholly before a time.</summary>
    public static void DeleteBefore(SqliteConnection connection, LogGroup group, DateTimeOffset before)
    {
        var bytes = connection.One(
            "SELECT COALESCE(SUM(bytes), 0) FROM blocks WHERE group_id = $1 AND first_event < $2 AND last_event < $2", row => row.GetInt64(0),
            group.Number, before.ToUnixTimeMilliseconds());
        connection.Run("DELETE FROM blocks WHERE group_id = $1 AND first_event < $2 AND last_event < $2", group.Number, before.ToUnixTimeMilliseconds());
        GroupRows.AddStoredBytes(connection, group.Number, -bytes);
    }

    /// <summary>Deletes the few that came first, of whichever group.</summary>
    /// <returns>How many those were.</returns>
    public static int DeleteOldest(SqliteConnection connection)
    {
        // Numbers have few gaps, so this is about the hundredth part of all.
        var last = connection.One("SELECT MIN(id) + (MAX(id) - MIN(id)) / 100 FROM blocks", row => row.IsDBNull(0) ? 0 : row.GetInt64(0));
        var bytes = connection.All("SELECT group_id, SUM(bytes) FROM blocks WHERE id <= $1 GROUP BY group_id", row => (Group: row.GetInt64(0), Bytes: row.GetInt64(1)), last);
        foreach (var entry in bytes) GroupRows.AddStoredBytes(connection, entry.Group, -entry.Bytes);
        return connection.Run("DELETE FROM blocks WHERE id <= $1", last);
    }

    /// <summary>How many bytes the group's messages in a stream have.</summary>
    public static long BytesOf(SqliteConnection connection, LogStream stream) =>
        connection.One("SELECT COALESCE(SUM(bytes), 0) FROM blocks WHERE stream_id = $1", row => row.GetInt64(0), stream.Number);

    static BlockHeader ReadHeader(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4));
}

/// <summary>A block without its events.</summary>
/// <param name="Number">Rises with each block that comes.</param>
readonly record struct BlockHeader(long Number, long First, long Last, long Ingestion, string Stream);
