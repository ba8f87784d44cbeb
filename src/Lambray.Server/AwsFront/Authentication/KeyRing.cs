using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>Every key that a request can be signed with: the root's, those of users, and those of sessions, execution environments among them.</summary>
sealed class KeyRing(AwsCredentials root, AccessKeys keys, SecurityTokens tokens, AwsHome home, TimeProvider time)
{
    readonly CallerIdentity rootCaller = CallerIdentity.Root(home);

    /// <returns>Null for a key that is not known or not active.</returns>
    public KnownKey? Find(string accessKeyId)
    {
        if (accessKeyId == root.AccessKeyId) return new KnownKey(root.SecretAccessKey, rootCaller);
        if (tokens.Find(accessKeyId) is { } temporary)
            return new KnownKey(temporary.SecretAccessKey, temporary.Identity, temporary.SessionToken, temporary.Expiration <= time.GetUtcNow());
        return keys.FindCaller(accessKeyId) is { Key.IsActive: true } user ? new KnownKey(user.Key.SecretAccessKey, user.Caller) : null;
    }

    /// <summary>A request came that was signed with it.</summary>
    public void NoteUse(CredentialScope scope)
    {
        // Only users are told when their keys were used last.
        if (scope.AccessKeyId.StartsWith("AKIA", StringComparison.Ordinal) && scope.AccessKeyId != root.AccessKeyId) keys.NoteUse(scope.AccessKeyId, scope.Service, scope.Region);
    }
}

/// <param name="SessionToken">What has to come along with a temporary key.</param>
sealed record KnownKey(string SecretAccessKey, CallerIdentity Caller, string? SessionToken = null, bool IsExpired = false);
