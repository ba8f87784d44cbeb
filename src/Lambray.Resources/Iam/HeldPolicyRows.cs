using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The policies of roles, users and groups, as they stand in the database: inline ones with their document, attached ones by ARN.</summary>
static class HeldPolicyRows
{
    public static void Put(SqliteConnection connection, PolicyHolder holder, string policyName, string document) => connection.Run(
        "INSERT INTO inline_policies (kind, holder, name, document) VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET document = excluded.document",
        Kind(holder), holder.Name, policyName, document);

    public static string? FindDocument(SqliteConnection connection, PolicyHolder holder, string policyName) => connection.One(
        "SELECT document FROM inline_policies WHERE kind = $1 AND holder = $2 AND name = $3", row => row.GetString(0), Kind(holder), holder.Name, policyName);

    public static List<InlinePolicy> ListInline(SqliteConnection connection, PolicyHolder holder) => connection.All(
        "SELECT name, document FROM inline_policies WHERE kind = $1 AND holder = $2 ORDER BY name",
        row => new InlinePolicy(row.GetString(0), row.GetString(1)), Kind(holder), holder.Name);

    public static bool Delete(SqliteConnection connection, PolicyHolder holder, string policyName) =>
        connection.Run("DELETE FROM inline_policies WHERE kind = $1 AND holder = $2 AND name = $3", Kind(holder), holder.Name, policyName) > 0;

    public static void Attach(SqliteConnection connection, PolicyHolder holder, string policyArn) => connection.Run(
        "INSERT INTO attached_policies (kind, holder, policy_arn) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", Kind(holder), holder.Name, policyArn);

    public static List<string> ListAttached(SqliteConnection connection, PolicyHolder holder) => connection.All(
        "SELECT policy_arn FROM attached_policies WHERE kind = $1 AND holder = $2 ORDER BY policy_arn", row => row.GetString(0), Kind(holder), holder.Name);

    public static bool Detach(SqliteConnection connection, PolicyHolder holder, string policyArn) => connection.Run(
        "DELETE FROM attached_policies WHERE kind = $1 AND holder = $2 AND policy_arn = $3", Kind(holder), holder.Name, policyArn) > 0;

    /// <summary>Who has the policy, sorted.</summary>
    public static List<PolicyHolder> ListHolders(SqliteConnection connection, string policyArn) => connection.All(
        "SELECT kind, holder FROM attached_policies WHERE policy_arn = $1 ORDER BY kind, holder",
        row => new PolicyHolder(Enum.Parse<EntityKind>(row.GetString(0)), row.GetString(1)), policyArn);

    public static Dictionary<string, long> CountAttachments(SqliteConnection connection) => connection.All(
        "SELECT policy_arn, count(*) FROM attached_policies GROUP BY policy_arn", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))).ToDictionary();

    public static void Rename(SqliteConnection connection, PolicyHolder holder, string newName)
    {
        connection.Run("UPDATE inline_policies SET holder = $3 WHERE kind = $1 AND holder = $2", Kind(holder), holder.Name, newName);
        connection.Run("UPDATE attached_policies SET holder = $3 WHERE kind = $1 AND holder = $2", Kind(holder), holder.Name, newName);
    }

    static string Kind(PolicyHolder holder) => holder.Kind.ToString();
}

/// <summary>A policy that belongs to one role, user or group and goes with it.</summary>
public sealed record InlinePolicy(string Name, string Document);
