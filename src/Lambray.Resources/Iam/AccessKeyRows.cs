using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Access keys of users, as they stand in the database.</summary>
static class AccessKeyRows
{
    const string Columns = "id, user, secret, active, created, used, used_service, used_region";

    public static void Insert(SqliteConnection connection, AccessKey key) => connection.Run(
        "INSERT INTO access_keys (id, user, secret, active, created) VALUES ($1, $2, $3, 1, $4)", key.Id, key.UserName, key.SecretAccessKey, key.CreateDate.ToUnixTimeSeconds());

    public static AccessKey? Find(SqliteConnection connection, string id) =>
        connection.One($"SELECT {Columns} FROM access_keys WHERE id = $1", Read, id);

    /// <summary>The oldest first.</summary>
    public static List<AccessKey> List(SqliteConnection connection, string userName) =>
        connection.All($"SELECT {Columns} FROM access_keys WHERE user = $1 ORDER BY created, id", Read, userName);

    public static void SetActive(SqliteConnection connection, string id, bool isActive) => connection.Run("UPDATE access_keys SET active = $2 WHERE id = $1", id, isActive ? 1 : 0);

    public static void SetUsed(SqliteConnection connection, string id, AccessKeyUse use) => connection.Run(
        "UPDATE access_keys SET used = $2, used_service = $3, used_region = $4 WHERE id = $1", id, use.Time.ToUnixTimeSeconds(), use.Service, use.Region);

    public static void Delete(SqliteConnection connection, string id) => connection.Run("DELETE FROM access_keys WHERE id = $1", id);

    static AccessKey Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3) == 1, DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(4)),
        row.IsDBNull(5) ? null : new AccessKeyUse(DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(5)), row.GetString(6), row.GetString(7)));
}
