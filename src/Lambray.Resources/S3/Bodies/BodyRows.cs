using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Bodies;

/// <summary>A part of a body that came in parts.</summary>
/// <param name="Number">The uploader's, who may leave numbers out.</param>
/// <param name="Checksum">By the algorithm of the whole object.</param>
public sealed record BodyPart(int Number, string File, long Size, byte[] Checksum);

/// <summary>Bodies, as they stand in the database: which files make one up, and those that are small enough to lie there whole.</summary>
static class BodyRows
{
    public static void Insert(SqliteConnection connection, string body, IReadOnlyList<BodyPart> parts)
    {
        for (var ordinal = 0; ordinal < parts.Count; ordinal++)
            connection.Run(
                "INSERT INTO body_parts (body, ordinal, number, file, size, checksum) VALUES ($1, $2, $3, $4, $5, $6)",
                body, ordinal, parts[ordinal].Number, parts[ordinal].File, parts[ordinal].Size, parts[ordinal].Checksum);
    }

    public static List<BodyPart> List(SqliteConnection connection, string body) => connection.All(
        "SELECT number, file, size, checksum FROM body_parts WHERE body = $1 ORDER BY ordinal",
        row => new BodyPart(row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3)), body);

    /// <summary>Forgets the parts of a body.</summary>
    /// <returns>Their files.</returns>
    public static List<string> Delete(SqliteConnection connection, string body) =>
        connection.All("DELETE FROM body_parts WHERE body = $1 RETURNING file", row => row.GetString(0), body);

    /// <summary>Keeps a body that is small enough to have no file.</summary>
    public static void InsertSmall(SqliteConnection connection, string body, byte[] content) =>
        connection.Run("INSERT INTO small_bodies (name, content) VALUES ($1, $2)", body, content);

    public static byte[]? FindSmall(SqliteConnection connection, string body) =>
        connection.One("SELECT content FROM small_bodies WHERE name = $1", row => row.GetFieldValue<byte[]>(0), body);

    /// <returns>Whether it was there.</returns>
    public static bool DeleteSmall(SqliteConnection connection, string body) => connection.Run("DELETE FROM small_bodies WHERE name = $1", body) > 0;

    /// <summary>All files that any row names, among those whose name begins so.</summary>
    public static HashSet<string> ListFiles(SqliteConnection connection, string prefix) => [.. connection.All(
        """
        SELECT file FROM objects WHERE file >= $1 AND file < $2
        UNION ALL SELECT file FROM object_versions WHERE file <> '' AND file >= $1 AND file < $2
        UNION ALL SELECT file FROM body_parts WHERE file >= $1 AND file < $2
        UNION ALL SELECT file FROM upload_parts WHERE file >= $1 AND file < $2
        """, row => row.GetString(0), prefix, prefix + "g")];
}
