using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>Objects, as they stand in the database.</summary>
static class ObjectRows
{
    // Greater than every key: 0xFF does not occur in UTF-8.
    static readonly byte[] End = [0xFF];

    public static StoredObject? Find(SqliteConnection connection, string bucket, string key) => connection.One(
        "SELECT size, md5, modified, checksum_algorithm, checksum, metadata, file FROM objects WHERE bucket = $1 AND key = $2",
        row => new StoredObject(
            bucket, key, row.GetInt64(0), row.GetFieldValue<byte[]>(1), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(2)),
            new Checksum(Enum.Parse<ChecksumAlgorithm>(row.GetString(3)), row.GetFieldValue<byte[]>(4)),
            ObjectMetadataJson.Read(row.GetString(5)), row.GetString(6)),
        bucket, ObjectKey.Bytes(key));

    public static void Put(SqliteConnection connection, StoredObject stored) => connection.Run(
        """
        INSERT OR REPLACE INTO objects (bucket, key, file, size, md5, modified, checksum_algorithm, checksum, metadata)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        stored.Bucket, ObjectKey.Bytes(stored.Key), stored.File, stored.Size, stored.Md5, stored.LastModified.ToUnixTimeSeconds(),
        stored.Checksum.Algorithm.ToString(), stored.Checksum.Value, ObjectMetadataJson.Write(stored.Metadata));

    /// <returns>The file of the body, or null when there was no such object.</returns>
    public static string? Delete(SqliteConnection connection, string bucket, string key) => connection.One(
        "DELETE FROM objects WHERE bucket = $1 AND key = $2 RETURNING file", row => row.GetString(0), bucket, ObjectKey.Bytes(key));

    /// <summary>The objects from one key (inclusive) to another (exclusive), in order of their keys.</summary>
    public static List<ListedObject> List(SqliteConnection connection, string bucket, byte[] from, byte[]? to, int rowsMax) => connection.All(
        "SELECT key, size, md5, modified, checksum_algorithm FROM objects WHERE bucket = $1 AND key >= $2 AND key < $3 ORDER BY key LIMIT $4",
        row => new ListedObject(
            ObjectKey.Text(row.GetFieldValue<byte[]>(0)), row.GetInt64(1), EntityTag.Of(row.GetFieldValue<byte[]>(2)),
            DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)), Enum.Parse<ChecksumAlgorithm>(row.GetString(4))),
        bucket, from, to ?? End, rowsMax);

    public static HashSet<string> ListFiles(SqliteConnection connection, string prefix) => [.. connection.All(
        "SELECT file FROM objects WHERE file >= $1 AND file < $2", row => row.GetString(0), prefix, prefix + "g")];
}
