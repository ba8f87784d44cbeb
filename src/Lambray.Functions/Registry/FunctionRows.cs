using System.Globalization;
using System.Text.Json;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Functions.Registry;

/// <summary>Functions and their versions in the database; what is read by anything but their names has a column or a table of its own.</summary>
static class FunctionRows
{
    public static RegisteredFunction? Find(SqliteConnection connection, string name) =>
        connection.One("SELECT function FROM functions WHERE name = $1", row => ReadFunction(row.GetString(0)), name);

    public static FunctionModel? FindVersion(SqliteConnection connection, string name, long version) => connection.One(
        "SELECT model FROM versions WHERE function = $1 AND version = $2", row => ReadVersion(row.GetString(0)), name, version);

    /// <summary>In the order of their names.</summary>
    public static List<RegisteredFunction> List(SqliteConnection connection, string after, int count) => connection.All(
        "SELECT function FROM functions WHERE name > $1 ORDER BY name LIMIT $2", row => ReadFunction(row.GetString(0)), after, count);

    /// <summary>In the order of their numbers.</summary>
    public static List<FunctionModel> ListVersions(SqliteConnection connection, string name, long after, int count) => connection.All(
        "SELECT model FROM versions WHERE function = $1 AND version > $2 ORDER BY version LIMIT $3", row => ReadVersion(row.GetString(0)), name, after, count);

    /// <summary>By name and number, <c>$LATEST</c> being number 0.</summary>
    public static List<FunctionModel> ListAllVersions(SqliteConnection connection, string afterName, long afterVersion, int count) => connection.All(
        """
        SELECT name, 0 AS version, function AS json FROM functions WHERE name > $1 OR (name = $1 AND $2 < 0)
        UNION ALL
        SELECT function, version, model FROM versions WHERE (function, version) > ($1, $2)
        ORDER BY 1, 2 LIMIT $3
        """,
        row => row.GetInt64(1) == 0 ? ReadFunction(row.GetString(2)).Latest : ReadVersion(row.GetString(2)), afterName, afterVersion, count);

    public static List<RegisteredFunction> ListProvisioned(SqliteConnection connection) =>
        connection.All("SELECT function FROM functions WHERE has_provisioned = 1 ORDER BY name", row => ReadFunction(row.GetString(0)));

    public static int TotalReservedConcurrency(SqliteConnection connection) => connection.One(
        "SELECT coalesce(sum(reserved_concurrency), 0) FROM functions WHERE reserved_concurrency IS NOT NULL", row => row.GetInt32(0));

    public static List<string> ListByCodeSigningConfig(SqliteConnection connection, string arn, string after, int count) => connection.All(
        "SELECT name FROM functions WHERE code_signing_config = $1 AND name > $2 ORDER BY name LIMIT $3", row => row.GetString(0), arn, after, count);

    public static (string Name, string Qualifier)? FindUrl(SqliteConnection connection, string id) => connection.One<(string, string)?>(
        "SELECT function, qualifier FROM function_urls WHERE id = $1", row => (row.GetString(0), row.GetString(1)), id);

    public static (long Functions, long CodeBytes) Measure(SqliteConnection connection) => connection.One(
        """
        SELECT (SELECT count(*) FROM functions), (SELECT coalesce(sum(code_size), 0) FROM functions)
            + (SELECT coalesce(sum(code_size), 0) FROM versions) + (SELECT coalesce(sum(code_size), 0) FROM layers)
        """,
        row => (row.GetInt64(0), row.GetInt64(1)));

    public static bool IsCodeUsed(SqliteConnection connection, string sha256) =>
        connection.One("SELECT 1 FROM code_uses WHERE sha256 = $1 LIMIT 1", row => row.GetInt32(0), sha256) == 1;

    public static List<RegisteredFunction> ListUnfinished(SqliteConnection connection) =>
        connection.All("SELECT function FROM functions WHERE unfinished = 1", row => ReadFunction(row.GetString(0)));

    public static void Save(SqliteConnection connection, RegisteredFunction function)
    {
        connection.Run(
            """
            INSERT OR REPLACE INTO functions (name, function, code_size, unfinished, reserved_concurrency, has_provisioned, code_signing_config)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            function.Name, JsonSerializer.Serialize(function, RegistryJson.Default.RegisteredFunction), function.Latest.CodeSize,
            function.Latest.IsBeingPrepared ? 1 : 0, function.ReservedConcurrency, function.ProvisionedConcurrency.IsEmpty ? 0 : 1, function.CodeSigningConfigArn);
        SaveCodeUses(connection, function.Latest, function.Latest.Previous);
        connection.Run("DELETE FROM function_urls WHERE function = $1", function.Name);
        foreach (var (qualifier, url) in function.Urls)
            connection.Run("INSERT INTO function_urls (id, function, qualifier) VALUES ($1, $2, $3)", url.Id, function.Name, qualifier);
    }

    public static void SaveVersion(SqliteConnection connection, FunctionModel version)
    {
        connection.Run(
            "INSERT OR REPLACE INTO versions (function, version, model, code_size) VALUES ($1, $2, $3, $4)", version.Name, NumberOf(version),
            JsonSerializer.Serialize(version, RegistryJson.Default.FunctionModel), version.CodeSize);
        SaveCodeUses(connection, version, previous: null);
    }

    public static void Delete(SqliteConnection connection, string name)
    {
        connection.Run("DELETE FROM functions WHERE name = $1", name);
        connection.Run("DELETE FROM versions WHERE function = $1", name);
        connection.Run("DELETE FROM function_urls WHERE function = $1", name);
        connection.Run("DELETE FROM test_events WHERE function = $1", name);
        // All of name:…, as ';' is what follows ':'.
        connection.Run("DELETE FROM code_uses WHERE owner > $1 AND owner < $2", name + ':', name + ';');
    }

    public static void DeleteVersion(SqliteConnection connection, string name, long version)
    {
        connection.Run("DELETE FROM versions WHERE function = $1 AND version = $2", name, version);
        connection.Run("DELETE FROM code_uses WHERE owner = $1", string.Create(CultureInfo.InvariantCulture, $"{name}:{version}"));
    }

    static void SaveCodeUses(SqliteConnection connection, FunctionModel model, FunctionModel? previous)
    {
        var owner = $"{model.Name}:{model.Version}";
        connection.Run("DELETE FROM code_uses WHERE owner = $1", owner);
        foreach (var sha256 in model.CodeUses.Concat(previous?.CodeUses ?? []).Distinct())
            connection.Run("INSERT INTO code_uses (owner, sha256) VALUES ($1, $2)", owner, sha256);
    }

    static long NumberOf(FunctionModel version) => long.Parse(version.Version, NumberStyles.None, CultureInfo.InvariantCulture);

    static RegisteredFunction ReadFunction(string json) => JsonSerializer.Deserialize(json, RegistryJson.Default.RegisteredFunction)!;

    static FunctionModel ReadVersion(string json) => JsonSerializer.Deserialize(json, RegistryJson.Default.FunctionModel)!;
}
