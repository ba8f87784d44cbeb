namespace Lambray.Resources.Iam;

/// <summary>The <c>AWS</c> part of a trust policy's <c>Principal</c>: the identities that may assume the role. Services assume roles without asking STS.</summary>
sealed record TrustedPrincipals(IReadOnlyList<string> Identities)
{
    /// <summary>Whether the caller itself, its role or its whole account is named.</summary>
    public bool Include(CallerIdentity caller) => Identities.Any(identity =>
        identity == "*" || identity == caller.AccountId || identity == $"arn:aws:iam::{caller.AccountId}:root"
        || identity == caller.Arn.ToString() || (caller.Role is { } role && identity == role.ToString()));
}
