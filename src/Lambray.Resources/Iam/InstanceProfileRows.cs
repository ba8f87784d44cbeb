using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Instance profiles, as they stand in the database.</summary>
static class InstanceProfileRows
{
    const string Columns = "name, path, id, created, role";

    public static void Insert(SqliteConnection connection, InstanceProfile profile)
    {
        connection.Run(
            "INSERT INTO instance_profiles (name, path, id, created) VALUES ($1, $2, $3, $4)", profile.Name, profile.Path, profile.Id, profile.CreateDate.ToUnixTimeSeconds());
        TagRows.Put(connection, EntityKind.InstanceProfile, profile.Name, profile.Tags);
    }

    public static InstanceProfile? Find(SqliteConnection connection, string name, AwsHome home) =>
        connection.One($"SELECT {Columns} FROM instance_profiles WHERE name = $1", row => Read(connection, row, home), name);

    public static List<InstanceProfile> List(SqliteConnection connection, string pathPrefix, AwsHome home) => connection.All(
        $"SELECT {Columns} FROM instance_profiles WHERE substr(path, 1, length($1)) = $1 ORDER BY name", row => Read(connection, row, home), pathPrefix);

    public static List<InstanceProfile> ListOfRole(SqliteConnection connection, string roleName, AwsHome home) =>
        connection.All($"SELECT {Columns} FROM instance_profiles WHERE role = $1 ORDER BY name", row => Read(connection, row, home), roleName);

    public static void SetRole(SqliteConnection connection, string name, string? roleName) =>
        connection.Run("UPDATE instance_profiles SET role = $2 WHERE name = $1", name, roleName);

    public static void Delete(SqliteConnection connection, string name)
    {
        TagRows.RemoveAll(connection, EntityKind.InstanceProfile, name);
        connection.Run("DELETE FROM instance_profiles WHERE name = $1", name);
    }

    static InstanceProfile Read(SqliteConnection connection, SqliteDataReader row, AwsHome home)
    {
        var (name, path) = (row.GetString(0), row.GetString(1));
        return new InstanceProfile(
            home.Global("iam", $"instance-profile{path}{name}"), path, name, row.GetString(2), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)),
            row.TextOrNull(4) is { } role ? RoleRows.Find(connection, role, home) : null, TagRows.List(connection, EntityKind.InstanceProfile, name));
    }
}
