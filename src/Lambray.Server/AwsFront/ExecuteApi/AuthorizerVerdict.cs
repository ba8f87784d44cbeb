using System.Collections.Concurrent;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;

namespace Lambray.Server.AwsFront.ExecuteApi;

/// <summary>What a Lambda authorizer decided: yes or no, or a policy that is asked for each request.</summary>
/// <param name="Context">What it said besides, for the integration; JSON.</param>
sealed record AuthorizerVerdict(bool? IsAuthorized, PolicyDocument? Policy, string? PrincipalId, JsonElement? Context)
{
    /// <param name="isSimple">Whether the answer is <c>{"isAuthorized": …}</c> rather than a policy.</param>
    /// <returns>Null for what is no verdict.</returns>
    public static AuthorizerVerdict? Read(ReadOnlyMemory<byte> answer, bool isSimple)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            var root = json.RootElement;
            JsonElement? context = root.TryGetProperty("context", out var found) ? found.Clone() : null;
            if (isSimple)
                return root.TryGetProperty("isAuthorized", out var isAuthorized) && isAuthorized.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? new AuthorizerVerdict(isAuthorized.GetBoolean(), null, null, context)
                    : null;
            var policy = PolicyDocument.Parse(root.GetProperty("policyDocument").GetRawText(), PolicyKind.Identity);
            return new AuthorizerVerdict(null, policy, root.TryGetProperty("principalId", out var principal) ? principal.ToString() : null, context);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or AwsException)
        {
            return null;
        }
    }

    public bool Allows(string arn) => Decide(arn) == AccessDecision.Allowed;

    public AccessDecision Decide(string arn) => IsAuthorized is { } isAuthorized
        ? isAuthorized ? AccessDecision.Allowed : AccessDecision.ImplicitDeny
        : PolicyEvaluation.Decide(new AccessRequest(CallerIdentity.Anonymous, "execute-api:Invoke", arn, new RequestContext()), new PolicySet { Identity = [Policy!] });
}

/// <summary>Verdicts that hold for a while, by who asked for what.</summary>
sealed class AuthorizerVerdicts(TimeProvider time)
{
    // What is beyond is asked anew.
    const int CountMax = 10_000;

    readonly ConcurrentDictionary<string, (AuthorizerVerdict Verdict, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    public AuthorizerVerdict? Find(string key) => kept.TryGetValue(key, out var found) && found.Until > time.GetUtcNow() ? found.Verdict : null;

    public void Keep(string key, AuthorizerVerdict verdict, TimeSpan duration)
    {
        var now = time.GetUtcNow();
        if (kept.Count >= CountMax)
            foreach (var (old, value) in kept)
                if (value.Until <= now) kept.TryRemove(old, out _);
        if (kept.Count < CountMax) kept[key] = (verdict, now + duration);
    }

    /// <summary>Forgets what begins so: the verdicts of a stage.</summary>
    public void Forget(string prefix)
    {
        foreach (var (key, _) in kept)
            if (key.StartsWith(prefix, StringComparison.Ordinal)) kept.TryRemove(key, out _);
    }
}
