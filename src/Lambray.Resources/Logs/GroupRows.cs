using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Logs;

/// <summary>The rows of log groups.</summary>
static class GroupRows
{
    const string Columns = "id, name, created, retention, class, is_protected, tags, stored_bytes";

    public static LogGroup? Find(SqliteConnection connection, string name) => connection.One($"SELECT {Columns} FROM groups WHERE name = $1", Read, name);

    public static LogGroup Get(SqliteConnection connection, string name) => Find(connection, name) ?? throw LogErrors.GroupNotFound();

    /// <summary>Sorted by name.</summary>
    public static IReadOnlyList<LogGroup> List(SqliteConnection connection) => connection.All($"SELECT {Columns} FROM groups ORDER BY name", Read);

    public static void Insert(SqliteConnection connection, LogGroup group) => connection.Run(
        "INSERT INTO groups (name, created, retention, class, is_protected, tags, stored_bytes) VALUES ($1, $2, $3, $4, $5, $6, 0)",
        group.Name, group.Created.ToUnixTimeMilliseconds(), group.RetentionDays, group.Class, group.IsProtected, Write(group.Tags));

    public static void Update(SqliteConnection connection, LogGroup group) => connection.Run(
        "UPDATE groups SET retention = $1, is_protected = $2, tags = $3 WHERE id = $4", group.RetentionDays, group.IsProtected, Write(group.Tags), group.Number);

    public static void AddStoredBytes(SqliteConnection connection, long group, long bytes) =>
        connection.Run("UPDATE groups SET stored_bytes = stored_bytes + $1 WHERE id = $2", bytes, group);

    public static void Delete(SqliteConnection connection, LogGroup group) => connection.Run("DELETE FROM groups WHERE id = $1", group.Number);

    static string Write(IReadOnlyDictionary<string, string> tags) => JsonSerializer.Serialize(tags, LogTagsJson.Default.IReadOnlyDictionaryStringString);

    static LogGroup Read(SqliteDataReader row) => new(
        row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.IsDBNull(3) ? null : row.GetInt32(3), row.GetString(4), row.GetBoolean(5),
        JsonSerializer.Deserialize(row.GetString(6), LogTagsJson.Default.IReadOnlyDictionaryStringString)!, row.GetInt64(7))
    {
        Number = row.GetInt64(0),
    };
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
sealed partial class LogTagsJson : JsonSerializerContext;
