using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Who has signed in with an access key, until when. Only a digest of each sign-in's secret name is kept, so that nobody signs in with what lies on disk.</summary>
public sealed class SignIns
{
    readonly IamStore store;
    readonly ConcurrentDictionary<string, SignIn> byDigest;

    public SignIns(IamStore store) => (this.store, byDigest) = (store, new(store.Read(SignInRows.List)));

    /// <summary>On disk when the task completes.</summary>
    public Task AddAsync(string name, string accessKeyId, DateTimeOffset ends)
    {
        var (digest, now) = (DigestOf(name), store.Now);
        foreach (var (old, signIn) in byDigest)
            if (signIn.Ends <= now) byDigest.TryRemove(old, out _);
        byDigest[digest] = new SignIn(accessKeyId, ends);
        return store.Note(connection =>
        {
            SignInRows.DeleteEnded(connection, now);
            SignInRows.Insert(connection, digest, accessKeyId, ends);
        });
    }

    /// <returns>The access key; null once the sign-in has ended.</returns>
    public string? FindAccessKey(string name) => byDigest.TryGetValue(DigestOf(name), out var signIn) && signIn.Ends > store.Now ? signIn.AccessKeyId : null;

    public Task EndAsync(string name)
    {
        var digest = DigestOf(name);
        return byDigest.TryRemove(digest, out _) ? store.Note(connection => SignInRows.Delete(connection, digest)) : Task.CompletedTask;
    }

    static string DigestOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}

sealed record SignIn(string AccessKeyId, DateTimeOffset Ends);

/// <summary>Sign-ins, as they stand in the database.</summary>
static class SignInRows
{
    public static List<KeyValuePair<string, SignIn>> List(SqliteConnection connection) => connection.All(
        "SELECT digest, access_key, ends FROM sign_ins",
        row => KeyValuePair.Create(row.GetString(0), new SignIn(row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)))));

    public static void Insert(SqliteConnection connection, string digest, string accessKeyId, DateTimeOffset ends) =>
        connection.Run("INSERT INTO sign_ins (digest, access_key, ends) VALUES ($1, $2, $3)", digest, accessKeyId, ends.ToUnixTimeMilliseconds());

    public static void Delete(SqliteConnection connection, string digest) => connection.Run("DELETE FROM sign_ins WHERE digest = $1", digest);

    public static void DeleteEnded(SqliteConnection connection, DateTimeOffset before) => connection.Run("DELETE FROM sign_ins WHERE ends <= $1", before.ToUnixTimeMilliseconds());
}
