namespace Lambray.Resources.Iam.Policies;

/// <summary>One line of a statement's <c>Condition</c>: an operator, a key and the values it is compared with.</summary>
/// <param name="IfExists">A request that has nothing by this key passes.</param>
public sealed record PolicyCondition(ConditionOperator Operator, ConditionQuantifier Quantifier, bool IfExists, string Key, IReadOnlyList<PolicyText> Values)
{
    internal bool Holds(RequestContext context)
    {
        var found = context.Find(Key);
        if (Operator.IsNullCheck) return Values.Any(value => bool.TryParse(value.ToString(), out var mustBeNull) && mustBeNull == (found is null));
        if (found is null && IfExists) return true;
        var actual = found ?? [];
        return Quantifier switch
        {
            // Of nothing everything can be said: whoever wants the key to be there adds a Null condition.
            ConditionQuantifier.ForAllValues => actual.All(value => Meets(value, context)),
            ConditionQuantifier.ForAnyValue => actual.Any(value => Meets(value, context)),
            _ when actual.Count == 0 => Operator.IsNegated,
            _ => Operator.IsNegated ? actual.All(value => Meets(value, context)) : actual.Any(value => Meets(value, context)),
        };
    }

    // Several values are alternatives; negated, none of them may match.
    bool Meets(string actual, RequestContext context) =>
        Values.Any(value => value.Resolve(context) is { } expected && Operator.Matches(expected, actual)) != Operator.IsNegated;
}

/// <summary>For keys that have several values in one request ("Set operators" in the IAM User Guide).</summary>
public enum ConditionQuantifier
{
    None,
    ForAllValues,
    ForAnyValue,
}
