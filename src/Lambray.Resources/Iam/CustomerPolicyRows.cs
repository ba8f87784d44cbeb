using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The managed policies that the account made, as they stand in the database.</summary>
static class CustomerPolicyRows
{
    const string Columns = "customer_policies.name, path, id, customer_policies.created, document, description, default_version, updated";
    const string WithDefault = "customer_policies JOIN policy_versions ON policy = customer_policies.name AND number = default_version";

    public static void Insert(SqliteConnection connection, ManagedPolicy policy)
    {
        connection.Run(
            "INSERT INTO customer_policies (name, path, id, created, description, updated) VALUES ($1, $2, $3, $4, $5, $4)",
            policy.PolicyName, policy.Path, policy.PolicyId, policy.CreateDate.ToUnixTimeSeconds(), policy.Description);
        connection.Run(
            "INSERT INTO policy_versions (policy, number, document, created) VALUES ($1, 1, $2, $3)", policy.PolicyName, policy.Document, policy.CreateDate.ToUnixTimeSeconds());
        TagRows.Put(connection, EntityKind.Policy, policy.PolicyName, policy.Tags);
    }

    public static bool IsNameTaken(SqliteConnection connection, string policyName) =>
        connection.One("SELECT 1 FROM customer_policies WHERE name = $1", row => row.GetInt64(0), policyName) == 1;

    public static ManagedPolicy? Find(SqliteConnection connection, string policyArn, AwsHome home)
    {
        if (!Arn.TryParse(policyArn, out var arn)) return null;
        var found = connection.One($"SELECT {Columns} FROM {WithDefault} WHERE customer_policies.name = $1", row => Read(connection, row, home), arn.ResourceName);
        return found?.Arn == arn ? found : null;
    }

    public static List<ManagedPolicy> List(SqliteConnection connection, AwsHome home) =>
        connection.All($"SELECT {Columns} FROM {WithDefault} ORDER BY customer_policies.name", row => Read(connection, row, home));

    public static void Delete(SqliteConnection connection, ManagedPolicy policy)
    {
        TagRows.RemoveAll(connection, EntityKind.Policy, policy.PolicyName);
        connection.Run("DELETE FROM customer_policies WHERE name = $1", policy.PolicyName);
    }

    /// <summary>The newest first.</summary>
    public static List<PolicyVersion> ListVersions(SqliteConnection connection, ManagedPolicy policy) => connection.All(
        "SELECT number, document, created FROM policy_versions WHERE policy = $1 ORDER BY number DESC",
        row => new PolicyVersion(row.GetInt32(0), row.GetString(1), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(2)), row.GetInt32(0) == policy.DefaultVersion),
        policy.PolicyName);

    /// <returns>Its number: that of a version that was deleted is never given again.</returns>
    public static int AddVersion(SqliteConnection connection, ManagedPolicy policy, string document, DateTimeOffset created)
    {
        var number = (int)connection.One(
            "UPDATE customer_policies SET last_version = last_version + 1, updated = $2 WHERE name = $1 RETURNING last_version",
            row => row.GetInt64(0), policy.PolicyName, created.ToUnixTimeSeconds());
        connection.Run(
            "INSERT INTO policy_versions (policy, number, document, created) VALUES ($1, $2, $3, $4)", policy.PolicyName, number, document, created.ToUnixTimeSeconds());
        return number;
    }

    public static void SetDefault(SqliteConnection connection, ManagedPolicy policy, int number, DateTimeOffset updated) => connection.Run(
        "UPDATE customer_policies SET default_version = $2, updated = $3 WHERE name = $1", policy.PolicyName, number, updated.ToUnixTimeSeconds());

    public static void DeleteVersion(SqliteConnection connection, ManagedPolicy policy, int number) =>
        connection.Run("DELETE FROM policy_versions WHERE policy = $1 AND number = $2", policy.PolicyName, number);

    static ManagedPolicy Read(SqliteConnection connection, SqliteDataReader row, AwsHome home)
    {
        var name = row.GetString(0);
        var path = row.GetString(1);
        return new ManagedPolicy(
            home.Global("iam", $"policy{path}{name}"), path, name, row.GetString(2), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)),
            row.GetString(4), row.TextOrNull(5))
        {
            DefaultVersion = row.GetInt32(6),
            UpdateDate = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(7)),
            Tags = TagRows.List(connection, EntityKind.Policy, name),
        };
    }
}
