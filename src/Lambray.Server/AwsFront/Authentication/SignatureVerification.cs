using Lambray.Aws;
using Lambray.Aws.Signing;
using Lambray.Resources.Iam;

namespace Lambray.Server.AwsFront.Authentication;

/// <summary>Finds out who sent a request by its signature, version 4.</summary>
/// <remarks>
/// <list type="number">
/// <item>The signature is read, and the key looked up.</item>
/// <item>A temporary key needs its token, which must not have expired.</item>
/// <item>The time of signing has to be near; a link's has to be in its lifetime.</item>
/// <item>What the client signed is put together from what came, signed with the key's secret, and compared.</item>
/// <item>A body that is still to come is verified while it is read.</item>
/// </list>
/// </remarks>
sealed class SignatureVerification(KeyRing keys, TimeProvider time)
{
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    readonly SigningKeys signingKeys = new();

    /// <returns>Null for a request that nobody signed.</returns>
    /// <exception cref="AwsException">In the words of the service: the key is not known, the signature does not match, it is too old, …</exception>
    public async Task<CallerIdentity?> FindCallerAsync(HttpContext http, long bodyBytesMax)
    {
        var errors = SignatureErrors.Of(http);
        if (SignatureReader.Find(http.Request, errors) is not { } signed) return null;
        var key = Key(signed, errors);
        CheckTime(signed, errors);
        CheckHeaders(http.Request, signed, errors);

        var payload = await SignedPayload.ReadAsync(http, signed, bodyBytesMax);
        var signingKey = signingKeys.Find(key.SecretAccessKey, signed.Scope);
        var expected = SignatureV4.Signature(signingKey, signed.Scope, signed.AmzDate, CanonicalRequest.Of(http.Request, signed, payload.Hash));
        if (!SignatureV4.AreEqual(expected, signed.Signature)) throw errors.Mismatch();
        payload.VerifyWhileRead(http, () => new ChunkSignatures(signingKey, signed.Scope, signed.AmzDate, signed.Signature));
        keys.NoteUse(signed.Scope);
        return key.Caller;
    }

    /// <summary>Who signed the policy of a browser's form ("Authenticating Requests in Browser-Based Uploads Using POST" in the S3 API Reference).</summary>
    /// <remarks>The policy says itself how long it holds.</remarks>
    /// <returns>Null for a form without a policy, which nobody signs.</returns>
    /// <exception cref="AwsException">As <see cref="FindCallerAsync"/>.</exception>
    public CallerIdentity? FindFormCaller(HttpContext http, IReadOnlyDictionary<string, string> fields)
    {
        if (fields.GetValueOrDefault("policy") is not { } policy) return null;
        var errors = SignatureErrors.Of(http);
        if (fields.GetValueOrDefault("x-amz-algorithm") != SignatureV4.Algorithm || CredentialScope.Parse(fields.GetValueOrDefault("x-amz-credential")) is not { } scope)
            throw new AwsException("InvalidRequest", 400, "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
        var signed = new SignedRequest(
            scope, [], fields.GetValueOrDefault("x-amz-signature") ?? "", fields.GetValueOrDefault("x-amz-date") ?? "", fields.GetValueOrDefault("x-amz-security-token"), ExpiresAfter: null);
        var key = Key(signed, errors);
        if (!SignatureV4.AreEqual(SignatureV4.Sign(signingKeys.Find(key.SecretAccessKey, scope), policy), signed.Signature)) throw errors.Mismatch();
        keys.NoteUse(scope);
        return key.Caller;
    }

    KnownKey Key(SignedRequest signed, SignatureErrors errors)
    {
        var key = keys.Find(signed.Scope.AccessKeyId) ?? throw errors.UnknownKey();
        if (key.SessionToken is null) return signed.SessionToken is null ? key : throw errors.WrongToken();
        if (signed.SessionToken is null || !SignatureV4.AreEqual(key.SessionToken, signed.SessionToken)) throw errors.WrongToken();
        return key.IsExpired ? throw errors.ExpiredToken() : key;
    }

    void CheckTime(SignedRequest signed, SignatureErrors errors)
    {
        var now = time.GetUtcNow();
        if (signed.Time is not { } at) throw errors.Incomplete($"Date must be in ISO-8601 'basic format'. Got '{signed.AmzDate}'. See http://en.wikipedia.org/wiki/ISO_8601");
        if (!signed.AmzDate.StartsWith(signed.Scope.Date, StringComparison.Ordinal)) throw errors.Mismatch();
        if (signed.ExpiresAfter is { } lifetime)
        {
            if (at > now + Skew) throw errors.LinkNotYetValid();
            if (at + lifetime < now) throw errors.LinkExpired(at, lifetime, now);
        }
        else if ((now - at).Duration() > Skew) throw errors.Skewed(at, now, Skew);
    }

    static void CheckHeaders(HttpRequest request, SignedRequest signed, SignatureErrors errors)
    {
        if (!signed.SignedHeaders.Contains("host")) throw errors.Mismatch();
        if (signed.Scope.Service != "s3") return;
        // What S3 is told in a header changes what it does; others sign all of theirs in the body.
        foreach (var name in request.Headers.Keys.Select(name => name.ToLowerInvariant()))
            if (name.StartsWith("x-amz-", StringComparison.Ordinal) && name != SignedPayload.HashHeader && !signed.SignedHeaders.Contains(name))
                throw errors.NotAuthorized("There were headers present in the request which were not signed");
    }
}
