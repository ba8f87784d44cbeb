namespace Lambray.Resources.Iam.Policies;

/// <summary>Who a statement of a trust or resource policy is about: <c>Principal</c> or, when inverted, <c>NotPrincipal</c>.</summary>
/// <param name="Identities">ARNs and account ids (<c>AWS</c>), or <c>*</c>.</param>
/// <param name="Services">Such as <c>s3.amazonaws.com</c>.</param>
public sealed record PrincipalSet(IReadOnlyList<string> Identities, IReadOnlyList<string> Services, bool IsInverted = false)
{
    internal PrincipalMatch Match(CallerIdentity caller)
    {
        var match = MatchPlainly(caller);
        if (!IsInverted) return match;
        return match == PrincipalMatch.None ? PrincipalMatch.Caller : PrincipalMatch.None;
    }

    PrincipalMatch MatchPlainly(CallerIdentity caller)
    {
        if (Identities.Contains("*")) return PrincipalMatch.Caller;
        if (caller.Service is { } service) return Services.Contains(service) ? PrincipalMatch.Caller : PrincipalMatch.None;
        if (caller.IsAnonymous) return PrincipalMatch.None;
        if (Identities.Contains(caller.Arn.ToString())) return PrincipalMatch.Caller;
        if (caller.Role is { } role && Identities.Contains(role.ToString())) return PrincipalMatch.Role;
        return Identities.Contains(caller.AccountId) || Identities.Contains($"arn:aws:iam::{caller.AccountId}:root") ? PrincipalMatch.Account : PrincipalMatch.None;
    }
}

/// <summary>How nearly a caller is named; the nearer, the more it counts.</summary>
enum PrincipalMatch
{
    None,

    /// <summary>The caller's whole account.</summary>
    Account,

    /// <summary>The role whose session the caller is.</summary>
    Role,

    /// <summary>The caller itself, or everybody.</summary>
    Caller,
}
