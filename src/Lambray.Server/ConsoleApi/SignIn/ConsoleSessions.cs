using System.Collections.Concurrent;
using System.Security.Cryptography;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Authentication;

namespace Lambray.Server.ConsoleApi.SignIn;

/// <summary>Who is signed in to the console. In memory: a restart signs everybody out.</summary>
sealed class ConsoleSessions(KeyRing keys, TimeProvider time)
{
    // As long as a session of AWS's console.
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    readonly ConcurrentDictionary<string, Session> sessions = new();

    /// <returns>The session's secret name; null when the key is not known or the secret not its own.</returns>
    public string? TryBegin(string accessKeyId, string secretAccessKey)
    {
        if (keys.Find(accessKeyId) is not { SessionToken: null } key || !SignatureV4.AreEqual(key.SecretAccessKey, secretAccessKey)) return null;
        var now = time.GetUtcNow();
        foreach (var (old, session) in sessions)
            if (session.Ends <= now) sessions.TryRemove(old, out _);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        sessions[name] = new Session(accessKeyId, now + Lifetime);
        return name;
    }

    /// <returns>Null once the session has ended, or the key it began with is not good any more.</returns>
    public CallerIdentity? FindCaller(string? name) =>
        name is not null && sessions.TryGetValue(name, out var session) && session.Ends > time.GetUtcNow() ? keys.Find(session.AccessKeyId)?.Caller : null;

    public void End(string name) => sessions.TryRemove(name, out _);

    sealed record Session(string AccessKeyId, DateTimeOffset Ends);
}
