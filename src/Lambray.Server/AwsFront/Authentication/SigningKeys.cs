using System.Collections.Concurrent;
using Lambray.Aws.Signing;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>Signing keys of the day: deriving one takes four rounds of HMAC, and clients use the same all day.</summary>
sealed class SigningKeys
{
    const int Max = 10_000;

    readonly ConcurrentDictionary<(string Secret, string Scope), byte[]> derived = new();

    public byte[] Find(string secretAccessKey, CredentialScope scope)
    {
        var key = (secretAccessKey, scope.Scope);
        if (derived.TryGetValue(key, out var known)) return known;
        // Yesterday's go with the rest when there are too many.
        if (derived.Count >= Max) derived.Clear();
        return derived.GetOrAdd(key, SignatureV4.SigningKey(secretAccessKey, scope));
    }
}
