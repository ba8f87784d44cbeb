using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Tags, as they stand in the database: keys are the same whatever their case.</summary>
static class TagRows
{
    public static List<Tag> List(SqliteConnection connection, EntityKind kind, string name) => connection.All(
        "SELECT key, value FROM tags WHERE kind = $1 AND name = $2 ORDER BY key", row => new Tag(row.GetString(0), row.GetString(1)), kind.ToString(), name);

    public static void Put(SqliteConnection connection, EntityKind kind, string name, IEnumerable<Tag> tags)
    {
        foreach (var tag in tags)
            connection.Run(
                "INSERT INTO tags (kind, name, key, value) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET key = excluded.key, value = excluded.value",
                kind.ToString(), name, tag.Key, tag.Value);
    }

    public static void Remove(SqliteConnection connection, EntityKind kind, string name, IEnumerable<string> keys)
    {
        foreach (var key in keys) connection.Run("DELETE FROM tags WHERE kind = $1 AND name = $2 AND key = $3", kind.ToString(), name, key);
    }

    public static void RemoveAll(SqliteConnection connection, EntityKind kind, string name) =>
        connection.Run("DELETE FROM tags WHERE kind = $1 AND name = $2", kind.ToString(), name);

    public static void Rename(SqliteConnection connection, EntityKind kind, string name, string newName) =>
        connection.Run("UPDATE tags SET name = $3 WHERE kind = $1 AND name = $2", kind.ToString(), name, newName);
}
