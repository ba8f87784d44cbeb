using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The policies of roles, as they stand in the database: inline ones with their document, attached ones by ARN.</summary>
static class RolePolicyRows
{
    public static void Put(SqliteConnection connection, string roleName, string policyName, string document) => connection.Run(
        "INSERT INTO role_policies (role, name, document) VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET document = excluded.document",
        roleName, policyName, document);

    public static string? FindDocument(SqliteConnection connection, string roleName, string policyName) => connection.One(
        "SELECT document FROM role_policies WHERE role = $1 AND name = $2", row => row.GetString(0), roleName, policyName);

    public static List<string> ListNames(SqliteConnection connection, string roleName) => connection.All(
        "SELECT name FROM role_policies WHERE role = $1 ORDER BY name", row => row.GetString(0), roleName);

    public static List<string> ListDocuments(SqliteConnection connection, string roleName) => connection.All(
        "SELECT document FROM role_policies WHERE role = $1", row => row.GetString(0), roleName);

    public static bool Delete(SqliteConnection connection, string roleName, string policyName) =>
        connection.Run("DELETE FROM role_policies WHERE role = $1 AND name = $2", roleName, policyName) > 0;

    public static void Attach(SqliteConnection connection, string roleName, string policyArn) => connection.Run(
        "INSERT INTO attached_role_policies (role, policy_arn) VALUES ($1, $2) ON CONFLICT DO NOTHING", roleName, policyArn);

    public static List<string> ListAttached(SqliteConnection connection, string roleName) => connection.All(
        "SELECT policy_arn FROM attached_role_policies WHERE role = $1 ORDER BY policy_arn", row => row.GetString(0), roleName);

    public static bool Detach(SqliteConnection connection, string roleName, string policyArn) =>
        connection.Run("DELETE FROM attached_role_policies WHERE role = $1 AND policy_arn = $2", roleName, policyArn) > 0;

    public static long CountAttachments(SqliteConnection connection, string policyArn) => connection.One(
        "SELECT count(*) FROM attached_role_policies WHERE policy_arn = $1", row => row.GetInt64(0), policyArn);
}
