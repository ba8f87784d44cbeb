using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Permissions boundaries of roles and users: the ARN of a managed policy, kept in their own rows.</summary>
static class BoundaryRows
{
    public static void Set(SqliteConnection connection, PolicyHolder holder, string? policyArn) =>
        connection.Run($"UPDATE {Table(holder.Kind)} SET boundary = $2 WHERE name = $1", holder.Name, policyArn);

    public static List<PolicyHolder> ListBounded(SqliteConnection connection, string policyArn) =>
    [
        .. connection.All("SELECT name FROM roles WHERE boundary = $1 ORDER BY name", row => PolicyHolder.Role(row.GetString(0)), policyArn),
        .. connection.All("SELECT name FROM users WHERE boundary = $1 ORDER BY name", row => PolicyHolder.User(row.GetString(0)), policyArn),
    ];

    public static Dictionary<string, long> Count(SqliteConnection connection) => connection.All(
        "SELECT boundary, count(*) FROM (SELECT boundary FROM roles UNION ALL SELECT boundary FROM users) WHERE boundary IS NOT NULL GROUP BY boundary",
        row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))).ToDictionary();

    static string Table(EntityKind kind) => kind == EntityKind.Role ? "roles" : "users";
}
