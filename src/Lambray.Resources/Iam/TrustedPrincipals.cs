namespace Lambray.Resources.Iam;

/// <summary>The <c>Principal</c> of a trust policy: services and AWS identities that may assume the role.</summary>
sealed record TrustedPrincipals(IReadOnlyList<string> Services, IReadOnlyList<string> Identities)
{
    /// <summary>Whether the caller itself, its role or its whole account is named.</summary>
    public bool Include(CallerIdentity caller) => Identities.Any(identity =>
        identity == "*" || identity == caller.AccountId || identity == $"arn:aws:iam::{caller.AccountId}:root"
        || identity == caller.Arn.ToString() || (caller.Role is { } role && identity == role.ToString()));

    public bool IncludeService(string service) => Services.Contains(service);
}
