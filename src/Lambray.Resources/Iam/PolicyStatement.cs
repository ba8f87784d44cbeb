using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>One statement of a policy: what it allows or denies, on which resources.</summary>
/// <remarks>
/// Conditions are not evaluated. A statement that has one is read for the worse: an Allow with a condition allows nothing,
/// a Deny with a condition denies always. Policy variables (<c>${aws:username}</c>) likewise: in an Allow they match nothing, in a Deny anything.
/// </remarks>
sealed record PolicyStatement(bool IsDeny, PatternSet Actions, PatternSet Resources, bool HasCondition, TrustedPrincipals? Principals = null)
{
    public bool Applies(string action, string resource) =>
        (IsDeny || !HasCondition)
        && Actions.Contains(action, IsDeny, StringComparison.OrdinalIgnoreCase)
        && Resources.Contains(resource, IsDeny, StringComparison.Ordinal);
}

/// <summary>The patterns of <c>Action</c> or <c>Resource</c>, or, when inverted, of <c>NotAction</c> or <c>NotResource</c>.</summary>
sealed record PatternSet(IReadOnlyList<string> Patterns, bool IsInverted)
{
    public static readonly PatternSet Everything = new(["*"], false);

    public bool Contains(string text, bool isDeny, StringComparison comparison)
    {
        // A variable must widen a Deny and narrow an Allow; an inverted set turns that around.
        var widen = isDeny != IsInverted;
        return Patterns.Any(pattern => Matches(pattern, text, widen, comparison)) != IsInverted;
    }

    static bool Matches(string pattern, string text, bool widen, StringComparison comparison)
    {
        var variable = pattern.IndexOf("${", StringComparison.Ordinal);
        if (variable < 0) return WildcardPattern.Matches(pattern, text, comparison);
        return widen && WildcardPattern.Matches(pattern[..variable] + "*", text, comparison);
    }
}
