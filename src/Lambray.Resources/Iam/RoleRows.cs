using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Roles, as they stand in the database.</summary>
static class RoleRows
{
    const string Columns = "name, path, id, created, trust_policy, description, max_session_seconds, boundary";

    public static void Insert(SqliteConnection connection, Role role)
    {
        connection.Run(
            $"INSERT INTO roles ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", role.RoleName, role.Path, role.RoleId,
            role.CreateDate.ToUnixTimeSeconds(), role.TrustPolicy, role.Description, (long)role.MaxSessionDuration.TotalSeconds, role.Boundary);
        TagRows.Put(connection, EntityKind.Role, role.RoleName, role.Tags);
    }

    public static Role? Find(SqliteConnection connection, string roleName, AwsHome home) =>
        connection.One($"SELECT {Columns} FROM roles WHERE name = $1", row => Read(connection, row, home), roleName);

    public static List<Role> List(SqliteConnection connection, string pathPrefix, AwsHome home) => connection.All(
        $"SELECT {Columns} FROM roles WHERE substr(path, 1, length($1)) = $1 ORDER BY name", row => Read(connection, row, home), pathPrefix);

    public static void Update(SqliteConnection connection, Role role) => connection.Run(
        "UPDATE roles SET trust_policy = $2, description = $3, max_session_seconds = $4 WHERE name = $1",
        role.RoleName, role.TrustPolicy, role.Description, (long)role.MaxSessionDuration.TotalSeconds);

    public static void Delete(SqliteConnection connection, string roleName)
    {
        TagRows.RemoveAll(connection, EntityKind.Role, roleName);
        connection.Run("DELETE FROM roles WHERE name = $1", roleName);
    }

    static Role Read(SqliteConnection connection, SqliteDataReader row, AwsHome home)
    {
        var name = row.GetString(0);
        var path = row.GetString(1);
        return new Role(
            home.Global("iam", $"role{path}{name}"), path, name, row.GetString(2), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)),
            row.GetString(4), row.TextOrNull(5), TimeSpan.FromSeconds(row.GetInt64(6)), TagRows.List(connection, EntityKind.Role, name))
        {
            Boundary = row.TextOrNull(7),
        };
    }
}
