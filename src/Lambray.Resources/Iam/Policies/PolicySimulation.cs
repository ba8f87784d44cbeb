namespace Lambray.Resources.Iam.Policies;

/// <summary>What the policies say of a request, and which of their statements decide it.</summary>
/// <param name="IsWithinBoundary">Null without a permissions boundary.</param>
public sealed record PolicySimulation(AccessDecision Decision, IReadOnlyList<MatchedStatement> Matched, bool? IsWithinBoundary)
{
    public static PolicySimulation Of(AccessRequest request, PolicySet policies)
    {
        var decision = PolicyEvaluation.Decide(request, policies);
        var matched = decision == AccessDecision.ImplicitDeny
            ? []
            : Sources(policies).SelectMany(source => Matches(source.Type, source.Policy, request, isDeny: decision == AccessDecision.ExplicitDeny));
        return new PolicySimulation(decision, [.. matched], policies.Boundary is { } boundary ? boundary.Allows(request) && !boundary.Denies(request) : null);
    }

    // By the names that the simulator has for them.
    static IEnumerable<(string Type, PolicyDocument Policy)> Sources(PolicySet policies)
    {
        foreach (var policy in policies.Identity) yield return ("IAM Policy", policy);
        if (policies.Boundary is { } boundary) yield return ("Permissions Boundary Policy", boundary);
        if (policies.Resource is { } resource) yield return ("Resource Policy", resource);
    }

    static IEnumerable<MatchedStatement> Matches(string type, PolicyDocument policy, AccessRequest request, bool isDeny)
    {
        IReadOnlyList<(TextPosition Start, TextPosition End)>? positions = null;
        foreach (var (index, statement) in policy.Statements.Index())
        {
            if (statement.IsDeny != isDeny || !statement.Applies(request)) continue;
            positions ??= StatementPositions.Of(policy.Json);
            yield return new MatchedStatement(policy.Name ?? "", type, positions[index].Start, positions[index].End);
        }
    }
}

/// <summary>A statement that decides, by its policy and its place in the policy's text.</summary>
public sealed record MatchedStatement(string PolicyName, string PolicyType, TextPosition Start, TextPosition End);
