using System.Security.Cryptography;
using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>Issues temporary credentials and remembers, until they expire, whose they are. In memory: a restart ends every session.</summary>
public sealed class SecurityTokens(IamDirectory directory, AwsHome home, TimeProvider time)
{
    const int SecretBytes = 30;
    const int TokenBytes = 240;

    readonly Lock sync = new();
    readonly Dictionary<string, TemporaryCredentials> issued = [];
    readonly PriorityQueue<string, DateTimeOffset> byExpiration = new();

    /// <summary>Credentials of a session of the role, such as an execution environment has.</summary>
    /// <remarks>The role need not exist: whether it may be assumed is the caller's question to <see cref="AssumeRole"/> or <see cref="IamDirectory"/>.</remarks>
    public TemporaryCredentials Issue(Arn role, string sessionName, TimeSpan lifetime)
    {
        var roleId = directory.FindRole(role)?.RoleId ?? UniqueId.For(UniqueId.RolePrefix, role);
        return Issue(CallerIdentity.Session(role, roleId, sessionName), lifetime);
    }

    public TemporaryCredentials Issue(CallerIdentity identity, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        var credentials = new TemporaryCredentials(
            UniqueId.Create(UniqueId.TemporaryKeyPrefix), Random(SecretBytes), Random(TokenBytes), now + lifetime, identity);
        lock (sync)
        {
            while (byExpiration.TryPeek(out _, out var expiration) && expiration <= now) issued.Remove(byExpiration.Dequeue());
            issued.Add(credentials.AccessKeyId, credentials);
            byExpiration.Enqueue(credentials.AccessKeyId, credentials.Expiration);
        }
        return credentials;
    }

    /// <summary>Credentials of a role that trusts the caller.</summary>
    /// <exception cref="AwsException">AccessDenied when it does not, or when there is no such role; ValidationError for a lifetime longer than the role's.</exception>
    public TemporaryCredentials AssumeRole(CallerIdentity caller, Arn roleArn, string sessionName, TimeSpan lifetime)
    {
        var role = directory.FindRole(roleArn);
        if (role is null || !PolicyDocument.Parse(role.TrustPolicy, PolicyKind.Trust).Trusts(caller))
            throw new AwsException("AccessDenied", 403, $"User: {caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {roleArn}");
        if (lifetime > role.MaxSessionDuration)
            throw IamErrors.Validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        return Issue(CallerIdentity.Session(role.Arn, role.RoleId, sessionName), lifetime);
    }

    /// <returns>Null for a key that was not issued here, or has expired.</returns>
    public CallerIdentity? FindCaller(string accessKeyId)
    {
        lock (sync) return issued.TryGetValue(accessKeyId, out var found) && found.Expiration > time.GetUtcNow() ? found.Identity : null;
    }

    /// <summary>The caller behind an access key; any key that was not issued here stands for the account's root, and so does none.</summary>
    public CallerIdentity Caller(string? accessKeyId) => (accessKeyId is null ? null : FindCaller(accessKeyId)) ?? CallerIdentity.Root(home);

    static string Random(int bytes) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));
}
