using System.Security.Cryptography;
using Lambray.Aws;
using Lambray.Resources.Iam.Policies;

namespace Lambray.Resources.Iam;

/// <summary>Issues temporary credentials and remembers, until they expire, whose they are: also after a restart, but for those of execution environments, which end with the server.</summary>
public sealed class SecurityTokens
{
    const int TokenBytes = 240;

    // So long it is told from a key that never was.
    static readonly TimeSpan RememberedAfterwards = TimeSpan.FromHours(1);
    static readonly TimeSpan ChainedLifetimeMax = TimeSpan.FromHours(1);

    readonly IamStore store;
    readonly IamDirectory directory;
    readonly AccessKeys keys;
    readonly Lock sync = new();
    readonly Dictionary<string, TemporaryCredentials> issued = [];
    readonly PriorityQueue<string, DateTimeOffset> byExpiration = new();

    public SecurityTokens(IamStore store, IamDirectory directory, AccessKeys keys)
    {
        (this.store, this.directory, this.keys) = (store, directory, keys);
        foreach (var session in store.Read(SessionRows.List)) RememberUnsynchronized(session);
    }

    /// <summary>Credentials of a session of the role, such as an execution environment has; they end with the server.</summary>
    /// <remarks>The role need not exist: whether it may be assumed is the caller's question to <see cref="AssumeRoleAsync"/> or <see cref="IamDirectory"/>.</remarks>
    public TemporaryCredentials Issue(Arn role, string sessionName, TimeSpan lifetime)
    {
        var roleId = directory.FindRole(role)?.RoleId ?? UniqueId.For(UniqueId.RolePrefix, role);
        return Remember(New(CallerIdentity.Session(role, roleId, sessionName), lifetime));
    }

    /// <summary>Credentials of whoever that is; on disk when the task completes.</summary>
    public async Task<TemporaryCredentials> IssueAsync(CallerIdentity identity, TimeSpan lifetime)
    {
        var credentials = New(identity, lifetime);
        await store.Note(connection =>
        {
            SessionRows.DeleteExpired(connection, store.Now - RememberedAfterwards);
            SessionRows.Insert(connection, credentials);
        });
        return Remember(credentials);
    }

    /// <summary>Credentials of a role that trusts the caller.</summary>
    /// <exception cref="AwsException">AccessDenied when it does not, or when there is no such role; ValidationError for a lifetime longer than the role's.</exception>
    public Task<TemporaryCredentials> AssumeRoleAsync(CallerIdentity caller, Arn roleArn, RoleSession session)
    {
        var role = directory.FindRole(roleArn) ?? throw NotAuthorized("sts:AssumeRole");
        var tags = session.Tags.UnionBy(caller.SessionTags.Where(tag => caller.TransitiveTagKeys.Contains(tag.Key)), tag => tag.Key, StringComparer.OrdinalIgnoreCase).ToArray();
        foreach (var action in ActionsOf(session))
            if (directory.DecideTrust(caller, role, action, Context(session, tags)) != AccessDecision.Allowed) throw NotAuthorized(action);
        if (session.Lifetime > role.MaxSessionDuration)
            throw IamErrors.Validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        if (caller.Role is not null && session.Lifetime > ChainedLifetimeMax)
            throw IamErrors.Validation("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        return IssueAsync(CallerIdentity.Session(role.Arn, role.RoleId, session.Name) with
        {
            SessionPolicies = session.Policies,
            // A session's own tags hide those of the role.
            SessionTags = [.. tags.UnionBy(role.Tags, tag => tag.Key, StringComparer.OrdinalIgnoreCase)],
            TransitiveTagKeys = [.. session.TransitiveTagKeys.Union(caller.TransitiveTagKeys)],
            // Once set it goes along with whatever is assumed next.
            SourceIdentity = session.SourceIdentity ?? caller.SourceIdentity,
        }, session.Lifetime);

        AwsException NotAuthorized(string action) => new("AccessDenied", 403, $"User: {caller.Arn} is not authorized to perform: {action} on resource: {roleArn}");
    }

    static IEnumerable<string> ActionsOf(RoleSession session)
    {
        yield return "sts:AssumeRole";
        if (session.Tags.Count > 0) yield return "sts:TagSession";
        if (session.SourceIdentity is not null) yield return "sts:SetSourceIdentity";
    }

    static RequestContext Context(RoleSession session, Tag[] tags)
    {
        var context = new RequestContext().Set("sts:RoleSessionName", session.Name).Set("sts:ExternalId", session.ExternalId).Set("sts:SourceIdentity", session.SourceIdentity);
        if (tags.Length > 0) context.Set("aws:TagKeys", [.. tags.Select(tag => tag.Key)]);
        if (session.TransitiveTagKeys.Count > 0) context.Set("sts:TransitiveTagKeys", session.TransitiveTagKeys);
        foreach (var tag in tags) context.Set($"aws:RequestTag/{tag.Key}", tag.Value);
        return context;
    }

    /// <returns>Also those that have expired within the last hour; null for a key that was not issued here.</returns>
    public TemporaryCredentials? Find(string accessKeyId)
    {
        lock (sync) return issued.GetValueOrDefault(accessKeyId);
    }

    /// <returns>Null for a key that was not issued here, or has expired.</returns>
    public CallerIdentity? FindCaller(string accessKeyId) => Find(accessKeyId) is { } found && found.Expiration > store.Now ? found.Identity : null;

    /// <summary>The caller behind an access key, whether or not anything was signed with it; any key that is not known here stands for the account's root, and so does none.</summary>
    public CallerIdentity Caller(string? accessKeyId) => (accessKeyId is null ? null : FindCaller(accessKeyId) ?? keys.FindCaller(accessKeyId)?.Caller) ?? CallerIdentity.Root(store.Home);

    TemporaryCredentials New(CallerIdentity identity, TimeSpan lifetime) => new(
        UniqueId.Create(UniqueId.TemporaryKeyPrefix), AccessKeys.NewSecret(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)), store.Now + lifetime, identity);

    TemporaryCredentials Remember(TemporaryCredentials credentials)
    {
        lock (sync)
        {
            while (byExpiration.TryPeek(out _, out var expiration) && expiration + RememberedAfterwards <= store.Now) issued.Remove(byExpiration.Dequeue());
            RememberUnsynchronized(credentials);
        }
        return credentials;
    }

    void RememberUnsynchronized(TemporaryCredentials credentials)
    {
        issued.Add(credentials.AccessKeyId, credentials);
        byExpiration.Enqueue(credentials.AccessKeyId, credentials.Expiration);
    }
}
