using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Users, as they stand in the database.</summary>
static class UserRows
{
    const string Columns = "name, path, id, created, boundary";

    public static void Insert(SqliteConnection connection, User user)
    {
        connection.Run(
            $"INSERT INTO users ({Columns}) VALUES ($1, $2, $3, $4, $5)", user.UserName, user.Path, user.UserId, user.CreateDate.ToUnixTimeSeconds(), user.Boundary);
        TagRows.Put(connection, EntityKind.User, user.UserName, user.Tags);
    }

    public static User? Find(SqliteConnection connection, string userName, AwsHome home) =>
        connection.One($"SELECT {Columns} FROM users WHERE name = $1", row => Read(connection, row, home), userName);

    public static List<User> List(SqliteConnection connection, string pathPrefix, AwsHome home) => connection.All(
        $"SELECT {Columns} FROM users WHERE substr(path, 1, length($1)) = $1 ORDER BY name", row => Read(connection, row, home), pathPrefix);

    /// <summary>Members of the group, by name.</summary>
    public static List<User> ListOfGroup(SqliteConnection connection, string groupName, AwsHome home) => connection.All(
        $"SELECT {Columns} FROM users JOIN group_members ON user = name WHERE \"group\" = $1 ORDER BY name", row => Read(connection, row, home), groupName);

    /// <summary>Groups and access keys follow by themselves.</summary>
    public static void Update(SqliteConnection connection, User user, string newName, string newPath)
    {
        connection.Run("UPDATE users SET name = $2, path = $3 WHERE name = $1", user.UserName, newName, newPath);
        HeldPolicyRows.Rename(connection, PolicyHolder.User(user.UserName), newName);
        TagRows.Rename(connection, EntityKind.User, user.UserName, newName);
    }

    public static void Delete(SqliteConnection connection, string userName)
    {
        TagRows.RemoveAll(connection, EntityKind.User, userName);
        connection.Run("DELETE FROM users WHERE name = $1", userName);
    }

    static User Read(SqliteConnection connection, SqliteDataReader row, AwsHome home)
    {
        var (name, path) = (row.GetString(0), row.GetString(1));
        return new User(
            home.Global("iam", $"user{path}{name}"), path, name, row.GetString(2), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)),
            TagRows.List(connection, EntityKind.User, name))
        {
            Boundary = row.TextOrNull(4),
        };
    }
}
