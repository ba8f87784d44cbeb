using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>Current objects, as they stand in the database.</summary>
static class ObjectRows
{
    /// <summary>What the tables of current and of other versions have in common, in the order that <see cref="Read"/> takes it.</summary>
    public const string Columns =
        "bucket, key, file, size, md5, modified, checksum_algorithm, checksum, metadata, version, sequence, parts, checksum_parts, upload, tags, lock, acl";

    /// <summary>The current ones, and the others.</summary>
    public static readonly string[] Tables = ["objects", "object_versions"];

    // Greater than every key: 0xFF does not occur in UTF-8.
    public static readonly byte[] End = [0xFF];

    public static StoredObject? Find(SqliteConnection connection, string bucket, string key) => connection.One(
        $"SELECT {Columns} FROM objects WHERE bucket = $1 AND key = $2", Read, bucket, ObjectKey.Bytes(key));

    public static void Insert(SqliteConnection connection, StoredObject stored, string table = "objects") => connection.Run(
        $"INSERT INTO {table} ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        stored.Bucket, ObjectKey.Bytes(stored.Key), stored.File, stored.Size, stored.Md5, stored.LastModified.ToUnixTimeSeconds(),
        stored.Checksum.Algorithm.ToString(), stored.Checksum.Value, ObjectMetadataJson.Write(stored.Metadata), stored.VersionId, stored.Sequence,
        stored.PartCount, stored.Checksum.Parts, stored.Upload, ObjectMetadataJson.Write(stored.Tags), ObjectMetadataJson.Write(stored.Lock), stored.AccessControl);

    public static void Delete(SqliteConnection connection, StoredObject stored) =>
        connection.Run("DELETE FROM objects WHERE bucket = $1 AND key = $2", stored.Bucket, ObjectKey.Bytes(stored.Key));

    public static StoredObject Read(SqliteDataReader row) => new(
        row.GetString(0), ObjectKey.Text(row.GetFieldValue<byte[]>(1)), row.GetInt64(3), row.GetFieldValue<byte[]>(4),
        DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(5)),
        new Checksum(Enum.Parse<ChecksumAlgorithm>(row.GetString(6)), row.GetFieldValue<byte[]>(7), row.GetInt32(12)),
        ObjectMetadataJson.Read(row.GetString(8)), row.GetString(2))
    {
        VersionId = row.GetString(9),
        Sequence = row.GetInt64(10),
        PartCount = row.GetInt32(11),
        Upload = row.TextOrNull(13),
        Tags = ObjectMetadataJson.ReadTags(row.TextOrNull(14)),
        Lock = ObjectMetadataJson.ReadLock(row.TextOrNull(15)),
        AccessControl = row.TextOrNull(16),
    };

    /// <summary>The objects from one key (inclusive) to another (exclusive), in order of their keys.</summary>
    public static List<ListedObject> List(SqliteConnection connection, string bucket, byte[] from, byte[]? to, int rowsMax) => connection.All(
        """
        SELECT key, size, md5, modified, checksum_algorithm, parts, checksum_parts, metadata ->> '$.System."x-amz-storage-class"'
        FROM objects WHERE bucket = $1 AND key >= $2 AND key < $3 ORDER BY key LIMIT $4
        """,
        row => new ListedObject(
            ObjectKey.Text(row.GetFieldValue<byte[]>(0)), row.GetInt64(1), EntityTag.Of(row.GetFieldValue<byte[]>(2), row.GetInt32(5)),
            DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)), Enum.Parse<ChecksumAlgorithm>(row.GetString(4)), row.GetInt32(6) > 0,
            row.TextOrNull(7) ?? "STANDARD"),
        bucket, from, to ?? End, rowsMax);
}
