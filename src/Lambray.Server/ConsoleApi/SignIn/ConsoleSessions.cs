using System.Security.Cryptography;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Authentication;

namespace Lambray.Server.ConsoleApi.SignIn;

/// <summary>Who is signed in to the console.</summary>
sealed class ConsoleSessions(KeyRing keys, SignIns signIns, TimeProvider time)
{
    // As long as a session of AWS's console.
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <returns>The session's secret name; null when the key is not known or the secret not its own.</returns>
    public async Task<string?> TryBeginAsync(string accessKeyId, string secretAccessKey)
    {
        if (keys.Find(accessKeyId) is not { SessionToken: null } key || !SignatureV4.AreEqual(key.SecretAccessKey, secretAccessKey)) return null;
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await signIns.AddAsync(name, accessKeyId, time.GetUtcNow() + Lifetime);
        return name;
    }

    /// <returns>Null once the session has ended, or the key it began with is not good any more.</returns>
    public CallerIdentity? FindCaller(string? name) => name is not null && signIns.FindAccessKey(name) is { } accessKeyId ? keys.Find(accessKeyId)?.Caller : null;

    public Task EndAsync(string name) => signIns.EndAsync(name);
}
