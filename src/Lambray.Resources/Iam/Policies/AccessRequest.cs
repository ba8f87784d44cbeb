namespace Lambray.Resources.Iam.Policies;

/// <summary>Somebody wants to do something.</summary>
/// <param name="Action">Such as <c>s3:PutObject</c>.</param>
/// <param name="Resource">An ARN, or <c>*</c> for actions that have no resource.</param>
public sealed record AccessRequest(CallerIdentity Caller, string Action, string Resource, RequestContext Context);

/// <summary>What the policies say of a request.</summary>
public enum AccessDecision
{
    /// <summary>No statement allows it.</summary>
    ImplicitDeny,

    Allowed,

    /// <summary>A statement denies it; no other can help.</summary>
    ExplicitDeny,
}

/// <summary>Every policy that has a say in a request, by its part in the decision.</summary>
public sealed record PolicySet
{
    /// <summary>Of the user with its groups, or of the role.</summary>
    public IReadOnlyList<PolicyDocument> Identity { get; init; } = [];

    /// <summary>The most that a user or role can have.</summary>
    public PolicyDocument? Boundary { get; init; }

    /// <summary>What was given along when a session began; null for a session without such, and for whom has none.</summary>
    public IReadOnlyList<PolicyDocument>? Session { get; init; }

    /// <summary>Of the resource.</summary>
    public PolicyDocument? Resource { get; init; }
}
