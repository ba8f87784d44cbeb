using Lambray.Aws;

namespace Lambray.Resources.Iam.Policies;

/// <summary>One statement of a policy: who may or may not do what, on which resources, under which conditions.</summary>
/// <param name="Principals">Null in identity policies: whoever has the policy.</param>
public sealed record PolicyStatement(
    string? Sid, bool IsDeny, PatternSet Actions, PatternSet Resources, IReadOnlyList<PolicyCondition> Conditions, PrincipalSet? Principals = null)
{
    internal bool Applies(AccessRequest request) =>
        Actions.Contains(request.Action, request.Context, IsDeny, StringComparison.OrdinalIgnoreCase)
        && Resources.Contains(request.Resource, request.Context, IsDeny, StringComparison.Ordinal)
        && (Principals is null || Principals.Match(request.Caller) != PrincipalMatch.None)
        && Conditions.All(condition => condition.Holds(request.Context));
}

/// <summary>The patterns of <c>Action</c> or <c>Resource</c>, or, when inverted, of <c>NotAction</c> or <c>NotResource</c>.</summary>
public sealed record PatternSet(IReadOnlyList<PolicyText> Patterns, bool IsInverted)
{
    internal static readonly PatternSet Everything = new([new PolicyText("*", hasVariables: false)], false);

    internal bool Contains(string text, RequestContext context, bool isDeny, StringComparison comparison)
    {
        // A variable that this request gives no value matches nothing, and makes no exception from what is allowed either.
        var unresolved = IsInverted && !isDeny;
        return Patterns.Any(pattern => pattern.Resolve(context) is { } resolved ? WildcardPattern.Matches(resolved, PolicyText.Literal(text), comparison) : unresolved) != IsInverted;
    }
}
