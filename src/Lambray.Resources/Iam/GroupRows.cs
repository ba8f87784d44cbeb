using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Groups and who is in them, as they stand in the database.</summary>
static class GroupRows
{
    const string Columns = "name, path, id, created";

    public static void Insert(SqliteConnection connection, Group group) => connection.Run(
        $"INSERT INTO groups ({Columns}) VALUES ($1, $2, $3, $4)", group.GroupName, group.Path, group.GroupId, group.CreateDate.ToUnixTimeSeconds());

    public static Group? Find(SqliteConnection connection, string groupName, AwsHome home) =>
        connection.One($"SELECT {Columns} FROM groups WHERE name = $1", row => Read(row, home), groupName);

    public static List<Group> List(SqliteConnection connection, string pathPrefix, AwsHome home) => connection.All(
        $"SELECT {Columns} FROM groups WHERE substr(path, 1, length($1)) = $1 ORDER BY name", row => Read(row, home), pathPrefix);

    public static List<Group> ListOfUser(SqliteConnection connection, string userName, AwsHome home) => connection.All(
        $"SELECT {Columns} FROM groups JOIN group_members ON \"group\" = name WHERE user = $1 ORDER BY name", row => Read(row, home), userName);

    /// <summary>Members follow by themselves.</summary>
    public static void Update(SqliteConnection connection, Group group, string newName, string newPath)
    {
        connection.Run("UPDATE groups SET name = $2, path = $3 WHERE name = $1", group.GroupName, newName, newPath);
        HeldPolicyRows.Rename(connection, PolicyHolder.Group(group.GroupName), newName);
    }

    public static void Delete(SqliteConnection connection, string groupName) => connection.Run("DELETE FROM groups WHERE name = $1", groupName);

    public static void AddMember(SqliteConnection connection, string groupName, string userName) => connection.Run(
        "INSERT INTO group_members (\"group\", user) VALUES ($1, $2) ON CONFLICT DO NOTHING", groupName, userName);

    public static bool RemoveMember(SqliteConnection connection, string groupName, string userName) =>
        connection.Run("DELETE FROM group_members WHERE \"group\" = $1 AND user = $2", groupName, userName) > 0;

    static Group Read(SqliteDataReader row, AwsHome home)
    {
        var (name, path) = (row.GetString(0), row.GetString(1));
        return new Group(home.Global("iam", $"group{path}{name}"), path, name, row.GetString(2), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)));
    }
}
