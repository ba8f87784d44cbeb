namespace Lambray.Resources.Iam.Policies;

/// <summary>Decides about a request inside one account ("Policy evaluation logic" in the IAM User Guide).</summary>
public static class PolicyEvaluation
{
    /// <remarks>
    /// <list type="number">
    /// <item>A Deny in any policy ends it.</item>
    /// <item>The account's root may do everything else; a session of its own, what it was narrowed down to.</item>
    /// <item>A resource policy that names the caller, or everybody, is enough: neither boundary nor session policy takes that back.</item>
    /// <item>Else an identity policy has to allow it, or the resource policy by naming the role; and boundary and session policy as well, where there are such.
    /// A resource policy that names the whole account leaves it to the account's own policies.</item>
    /// </list>
    /// </remarks>
    public static AccessDecision Decide(AccessRequest request, PolicySet policies)
    {
        if (IsDenied(request, policies)) return AccessDecision.ExplicitDeny;
        var grant = policies.Resource?.Grants(request) ?? PrincipalMatch.None;
        if (grant == PrincipalMatch.Caller) return AccessDecision.Allowed;
        var isAllowed = (request.Caller.IsRoot || grant == PrincipalMatch.Role || policies.Identity.Any(policy => policy.Allows(request)))
            && policies.Boundary?.Allows(request) != false
            && policies.Session?.Any(policy => policy.Allows(request)) != false;
        return isAllowed ? AccessDecision.Allowed : AccessDecision.ImplicitDeny;
    }

    /// <summary>Whether the caller may have the role that this trust policy belongs to. Unlike elsewhere, the role has to agree whoever asks.</summary>
    public static AccessDecision DecideTrust(AccessRequest request, PolicyDocument trust, PolicySet policies)
    {
        if (trust.Denies(request) || IsDenied(request, policies)) return AccessDecision.ExplicitDeny;
        return trust.Grants(request) switch
        {
            PrincipalMatch.None => AccessDecision.ImplicitDeny,
            PrincipalMatch.Account => Decide(request, policies),
            _ => AccessDecision.Allowed,
        };
    }

    static bool IsDenied(AccessRequest request, PolicySet policies) =>
        policies.Identity.Any(policy => policy.Denies(request)) || policies.Boundary?.Denies(request) == true
        || policies.Session?.Any(policy => policy.Denies(request)) == true || policies.Resource?.Denies(request) == true;
}
