using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Versions;

/// <summary>Versions that are not current, and delete markers, as they stand in the database.</summary>
static class VersionRows
{
    const string Table = "object_versions";

    public static StoredObject? Find(SqliteConnection connection, string bucket, string key, string version) => connection.One(
        $"SELECT {ObjectRows.Columns} FROM {Table} WHERE bucket = $1 AND key = $2 AND version = $3", ObjectRows.Read, bucket, ObjectKey.Bytes(key), version);

    public static StoredObject? FindNewest(SqliteConnection connection, string bucket, string key) => connection.One(
        $"SELECT {ObjectRows.Columns} FROM {Table} WHERE bucket = $1 AND key = $2 ORDER BY sequence DESC LIMIT 1",
        ObjectRows.Read, bucket, ObjectKey.Bytes(key));

    public static void Insert(SqliteConnection connection, StoredObject stored) => ObjectRows.Insert(connection, stored, Table);

    public static void Delete(SqliteConnection connection, StoredObject stored) => connection.Run(
        $"DELETE FROM {Table} WHERE bucket = $1 AND key = $2 AND version = $3", stored.Bucket, ObjectKey.Bytes(stored.Key), stored.VersionId);

    public static bool Any(SqliteConnection connection, string bucket) =>
        connection.One($"SELECT 1 FROM {Table} WHERE bucket = $1 LIMIT 1", row => row.GetInt64(0), bucket) == 1;

    /// <summary>All versions, current ones and markers too, in order of their keys, the newest of each first.</summary>
    /// <param name="before">Of the first key, only what is older than this.</param>
    public static List<(StoredObject Stored, bool IsCurrent)> ListAll(
        SqliteConnection connection, string bucket, byte[] from, long before, byte[]? to, int rowsMax) => connection.All(
        $"""
        SELECT * FROM (
          SELECT * FROM (SELECT {ObjectRows.Columns}, 1 FROM objects
            WHERE bucket = $1 AND key >= $2 AND key < $3 AND (key > $2 OR sequence < $4) ORDER BY key LIMIT $5)
          UNION ALL
          SELECT * FROM (SELECT {ObjectRows.Columns}, 0 FROM {Table}
            WHERE bucket = $1 AND key >= $2 AND key < $3 AND (key > $2 OR sequence < $4) ORDER BY key, sequence DESC LIMIT $5))
        ORDER BY key, sequence DESC LIMIT $5
        """,
        row => (ObjectRows.Read(row), row.GetInt64(17) == 1), bucket, from, to ?? ObjectRows.End, before, rowsMax);
}
