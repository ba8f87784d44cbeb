using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The managed policies that the account made, as they stand in the database.</summary>
static class CustomerPolicyRows
{
    const string Columns = "name, path, id, created, document, description";

    public static void Insert(SqliteConnection connection, ManagedPolicy policy) => connection.Run(
        $"INSERT INTO customer_policies ({Columns}) VALUES ($1, $2, $3, $4, $5, $6)", policy.PolicyName, policy.Path, policy.PolicyId,
        policy.CreateDate.ToUnixTimeSeconds(), policy.Document, policy.Description);

    public static bool IsNameTaken(SqliteConnection connection, string policyName) =>
        connection.One("SELECT 1 FROM customer_policies WHERE name = $1", row => row.GetInt64(0), policyName) == 1;

    public static ManagedPolicy? Find(SqliteConnection connection, string policyArn, AwsHome home)
    {
        if (!Arn.TryParse(policyArn, out var arn)) return null;
        var found = connection.One($"SELECT {Columns} FROM customer_policies WHERE name = $1", row => Read(row, home), arn.ResourceName);
        return found?.Arn == arn ? found : null;
    }

    public static List<ManagedPolicy> List(SqliteConnection connection, AwsHome home) =>
        connection.All($"SELECT {Columns} FROM customer_policies ORDER BY name", row => Read(row, home));

    public static void Delete(SqliteConnection connection, ManagedPolicy policy) =>
        connection.Run("DELETE FROM customer_policies WHERE name = $1", policy.PolicyName);

    static ManagedPolicy Read(SqliteDataReader row, AwsHome home)
    {
        var name = row.GetString(0);
        var path = row.GetString(1);
        return new ManagedPolicy(
            home.Global("iam", $"policy{path}{name}"), path, name, row.GetString(2), DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(3)),
            row.GetString(4), row.TextOrNull(5));
    }
}
