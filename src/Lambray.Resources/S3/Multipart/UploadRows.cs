using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Multipart;

/// <summary>Uploads that have been begun, and their parts, as they stand in the database.</summary>
static class UploadRows
{
    const string Columns = "bucket, key, id, initiated, metadata, checksum_algorithm, is_composite, is_checked, tags, lock, acl";

    public static MultipartUpload? Find(SqliteConnection connection, string bucket, string key, string id) => connection.One(
        $"SELECT {Columns} FROM uploads WHERE bucket = $1 AND key = $2 AND id = $3", Read, bucket, ObjectKey.Bytes(key), id);

    public static void Insert(SqliteConnection connection, MultipartUpload upload) => connection.Run(
        $"INSERT INTO uploads ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        upload.Wanted.Bucket, ObjectKey.Bytes(upload.Wanted.Key), upload.Id, upload.Initiated.ToUnixTimeMilliseconds(),
        ObjectMetadataJson.Write(upload.Wanted.Metadata), upload.Checksums.Algorithm.ToString(), upload.Checksums.IsComposite ? 1 : 0,
        upload.Checksums.IsAsked ? 1 : 0, ObjectMetadataJson.Write(upload.Wanted.Tags), ObjectMetadataJson.Write(upload.Wanted.Lock), upload.Wanted.AccessControl);

    /// <summary>Forgets an upload and its parts.</summary>
    public static void Delete(SqliteConnection connection, string id) => connection.Run("DELETE FROM uploads WHERE id = $1", id);

    /// <summary>Forgets all uploads in a bucket.</summary>
    /// <returns>The files of their parts.</returns>
    public static List<string> DeleteAll(SqliteConnection connection, string bucket)
    {
        var files = connection.All(
            "SELECT part.file FROM upload_parts AS part JOIN uploads AS upload ON upload.id = part.upload WHERE upload.bucket = $1", row => row.GetString(0), bucket);
        connection.Run("DELETE FROM uploads WHERE bucket = $1", bucket);
        return files;
    }

    /// <summary>In order of their keys, those of one key in order of their ids.</summary>
    /// <param name="after">Of the first key, only those behind this id; null for all.</param>
    public static List<MultipartUpload> List(SqliteConnection connection, string bucket, byte[] from, string? after, byte[]? to, int rowsMax) => connection.All(
        $"""
        SELECT {Columns} FROM uploads WHERE bucket = $1 AND key >= $2 AND key < $3 AND (key > $2 OR id > $4)
        ORDER BY key, id LIMIT $5
        """, Read, bucket, from, to ?? ObjectRows.End, after ?? "", rowsMax);

    /// <returns>The file of the part whose place it takes, if there was one.</returns>
    public static string? PutPart(SqliteConnection connection, string upload, UploadedPart part)
    {
        var replaced = connection.One("SELECT file FROM upload_parts WHERE upload = $1 AND number = $2", row => row.GetString(0), upload, part.Number);
        connection.Run(
            "INSERT OR REPLACE INTO upload_parts (upload, number, file, size, md5, modified, checksum) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            upload, part.Number, part.File, part.Size, part.Md5, part.LastModified.ToUnixTimeMilliseconds(), part.Checksum.Value);
        return replaced;
    }

    /// <summary>The parts behind one of them, in order of their numbers.</summary>
    public static List<UploadedPart> ListParts(SqliteConnection connection, MultipartUpload upload, int after, int rowsMax) => connection.All(
        "SELECT number, file, size, md5, modified, checksum FROM upload_parts WHERE upload = $1 AND number > $2 ORDER BY number LIMIT $3",
        row => new UploadedPart(
            row.GetInt32(0), row.GetString(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            new Checksum(upload.Checksums.Algorithm, row.GetFieldValue<byte[]>(5))),
        upload.Id, after, rowsMax);

    static MultipartUpload Read(SqliteDataReader row) => new(
        row.GetString(2),
        new NewObject(row.GetString(0), ObjectKey.Text(row.GetFieldValue<byte[]>(1)), ObjectMetadataJson.Read(row.GetString(4)))
        {
            Tags = ObjectMetadataJson.ReadTags(row.TextOrNull(8)),
            Lock = ObjectMetadataJson.ReadLock(row.TextOrNull(9)),
            AccessControl = row.TextOrNull(10),
        },
        new PartChecksums(Enum.Parse<ChecksumAlgorithm>(row.GetString(5)), row.GetInt64(6) == 1, row.GetInt64(7) == 1),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));
}
