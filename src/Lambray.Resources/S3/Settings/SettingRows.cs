using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Settings;

/// <summary>What is set for a bucket, as it stands in the database: a document by name and, of kinds that there may be several of, id.</summary>
static class SettingRows
{
    public static string? Find(SqliteConnection connection, string bucket, string name, string id = "") => connection.One(
        "SELECT document FROM bucket_settings WHERE bucket = $1 AND name = $2 AND id = $3", row => row.GetString(0), bucket, name, id);

    public static void Put(SqliteConnection connection, string bucket, string name, string id, string document) => connection.Run(
        """
        INSERT INTO bucket_settings (bucket, name, id, document) VALUES ($1, $2, $3, $4)
        ON CONFLICT (bucket, name, id) DO UPDATE SET document = $4
        """, bucket, name, id, document);

    public static void Delete(SqliteConnection connection, string bucket, string name, string id) =>
        connection.Run("DELETE FROM bucket_settings WHERE bucket = $1 AND name = $2 AND id = $3", bucket, name, id);

    public static List<string> List(SqliteConnection connection, string bucket, string name, string after, int rowsMax) => connection.All(
        "SELECT document FROM bucket_settings WHERE bucket = $1 AND name = $2 AND id > $3 ORDER BY id LIMIT $4", row => row.GetString(0), bucket, name, after, rowsMax);
}
