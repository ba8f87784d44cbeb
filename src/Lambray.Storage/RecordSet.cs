using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;

namespace Lambray.Storage;

/// <summary>A few records by name, of which an account has tens: all of them in memory, each change on disk before it is told.</summary>
/// <remarks>
/// Changes are made one after the other, each from the records as the one before left them; readers see a whole set, never half a change.
/// <code>
/// record  kind           name      json
///         sampling-rule  checkout  {"Rule":{"RuleName":"checkout","Priority":10,…
///         group          shop      {"Name":"shop","Id":"6GFB…",…
/// </code>
/// </remarks>
public sealed class RecordSet<T> where T : class
{
    readonly Lock gate = new();
    readonly SqliteDatabase database;
    readonly string kind;
    readonly JsonTypeInfo<T> json;
    volatile ImmutableSortedDictionary<string, T> all = null!;

    /// <param name="database">One that has <see cref="RecordTable.Migration"/>.</param>
    public RecordSet(SqliteDatabase database, string kind, JsonTypeInfo<T> json)
    {
        (this.database, this.kind, this.json) = (database, kind, json);
        Refresh();
    }

    /// <summary>The records by name, in ordinal order; this set never changes, the next call may give another.</summary>
    public ImmutableSortedDictionary<string, T> All => all;

    public T? Find(string name) => all.GetValueOrDefault(name);

    /// <summary>Adds a record, or puts it in place of the one of the same name.</summary>
    /// <param name="change">Makes it from the records as they are; when it throws, nothing changes and the error is the caller's.</param>
    public async Task<T> PutAsync(Func<ImmutableSortedDictionary<string, T>, (string Name, T Record)> change)
    {
        var put = await database.WriteAsync(connection =>
        {
            var (name, record) = change(Load(connection));
            connection.Run(
                "INSERT INTO record (kind, name, json) VALUES ($1, $2, $3) ON CONFLICT (kind, name) DO UPDATE SET json = $3",
                kind, name, JsonSerializer.Serialize(record, json));
            return record;
        });
        Refresh();
        return put;
    }

    /// <summary>Takes out the record that <paramref name="choose"/> names.</summary>
    public async Task<T> RemoveAsync(Func<ImmutableSortedDictionary<string, T>, string> choose)
    {
        var removed = await database.WriteAsync(connection =>
        {
            var records = Load(connection);
            var name = choose(records);
            connection.Run("DELETE FROM record WHERE kind = $1 AND name = $2", kind, name);
            return records[name];
        });
        Refresh();
        return removed;
    }

    // Read again rather than handed over: of two changes that end together, the later one must be the one seen.
    void Refresh()
    {
        lock (gate) all = database.Read(Load);
    }

    ImmutableSortedDictionary<string, T> Load(SqliteConnection connection) => connection
        .All("SELECT name, json FROM record WHERE kind = $1", row => (Name: row.GetString(0), Json: row.GetString(1)), kind)
        .ToImmutableSortedDictionary(row => row.Name, row => JsonSerializer.Deserialize(row.Json, json)!, StringComparer.Ordinal);
}

/// <summary>Where record sets of all kinds stand.</summary>
public static class RecordTable
{
    public const string Migration =
        "CREATE TABLE record (kind TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;";
}
