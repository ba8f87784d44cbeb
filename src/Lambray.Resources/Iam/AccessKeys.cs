using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lambray.Aws;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The access keys of users.</summary>
public sealed class AccessKeys(IamStore store)
{
    const int SecretBytes = 30;

    // AWS tells no more exactly either, and a write for each request would be one too many.
    static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<string, AccessKeyUse> noted = new();

    /// <exception cref="AwsException">NoSuchEntity, or LimitExceeded with two keys.</exception>
    public Task<AccessKey> Create(string userName) => store.Change(connection =>
    {
        var user = Entities.Require(connection, PolicyHolder.User(userName)).Name;
        if (AccessKeyRows.List(connection, user).Count >= IamQuotas.AccessKeysPerUser) throw IamErrors.QuotaExceeded("AccessKeysPerUser", IamQuotas.AccessKeysPerUser);
        var key = new AccessKey(UniqueId.Create(UniqueId.AccessKeyPrefix), user, NewSecret(), true, store.Now);
        AccessKeyRows.Insert(connection, key);
        return key;
    });

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<AccessKey> List(string userName) =>
        store.Read(connection => AccessKeyRows.List(connection, Entities.Require(connection, PolicyHolder.User(userName)).Name));

    /// <param name="userName">Whose key it is; null asks of nobody.</param>
    public Task SetActive(string? userName, string keyId, bool isActive) =>
        store.Change(connection => AccessKeyRows.SetActive(connection, Get(connection, userName, keyId).Id, isActive));

    public Task Delete(string? userName, string keyId) => store.Change(connection => AccessKeyRows.Delete(connection, Get(connection, userName, keyId).Id));

    public AccessKey Get(string keyId) => store.Read(connection => Get(connection, null, keyId));

    public AccessKey? Find(string keyId) => store.Read(connection => AccessKeyRows.Find(connection, keyId));

    /// <summary>The key with the user whose it is, as requests are signed with it: from memory until anything changes.</summary>
    public UserKey? FindCaller(string keyId) => store.Keys.Find(keyId, id => store.Read(connection =>
        AccessKeyRows.Find(connection, id) is { } key && UserRows.Find(connection, key.UserName, store.Home) is { } user
            ? new UserKey(key, CallerIdentity.User(user.Arn, user.UserId) with { SessionTags = user.Tags })
            : null));

    /// <summary>A request was signed with it just now.</summary>
    public void NoteUse(string keyId, string service, string region)
    {
        var use = new AccessKeyUse(store.Now, service, region);
        if (noted.TryGetValue(keyId, out var last) && last.Service == service && use.Time - last.Time < UseIsNotedEvery) return;
        noted[keyId] = use;
        // Nobody waits for it, and a failing disk is told to those who do.
        _ = store.Note(connection => AccessKeyRows.SetUsed(connection, keyId, use));
    }

    internal static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    static AccessKey Get(SqliteConnection connection, string? userName, string keyId) =>
        AccessKeyRows.Find(connection, keyId) is { } key && (userName is null || key.UserName.Equals(userName, StringComparison.OrdinalIgnoreCase))
            ? key
            : throw IamErrors.NoSuchEntity($"The Access Key with id {keyId} cannot be found.");
}
