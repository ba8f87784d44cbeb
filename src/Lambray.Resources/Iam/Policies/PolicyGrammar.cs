using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lambray.Resources.Iam.Policies;

/// <summary>Reads the JSON of a policy and refuses what IAM refuses ("Grammar of the IAM JSON policy language" in the IAM User Guide).</summary>
static partial class PolicyGrammar
{
    const string SyntaxErrors = "Syntax errors in policy.";

    public static PolicyDocument Read(JsonElement root, PolicyKind kind)
    {
        if (root.ValueKind != JsonValueKind.Object) throw IamErrors.Malformed(SyntaxErrors);
        if (root.TryGetProperty("Version", out var version) && Text(version) is not ("2012-10-17" or "2008-10-17"))
            throw IamErrors.Malformed(SyntaxErrors);
        if (!root.TryGetProperty("Statement", out var statements)) throw IamErrors.Malformed(SyntaxErrors);
        var hasVariables = version.ValueKind == JsonValueKind.String && version.GetString() == "2012-10-17";
        var read = statements.ValueKind == JsonValueKind.Array
            ? statements.EnumerateArray().Select(statement => Statement(statement, kind, hasVariables)).ToArray()
            : [Statement(statements, kind, hasVariables)];
        if (read.Where(statement => statement.Sid is not null).GroupBy(statement => statement.Sid).Any(same => same.Count() > 1))
            throw IamErrors.Malformed("Statement IDs (SID) in a single policy must be unique.");
        return new PolicyDocument(read);
    }

    static PolicyStatement Statement(JsonElement statement, PolicyKind kind, bool hasVariables)
    {
        if (statement.ValueKind != JsonValueKind.Object) throw IamErrors.Malformed(SyntaxErrors);
        if (!statement.TryGetProperty("Effect", out var effect)) throw IamErrors.Malformed("Missing required field Effect");
        var isDeny = Text(effect) switch
        {
            "Allow" => false,
            "Deny" => true,
            var other => throw IamErrors.Malformed($"Invalid effect: {other}"),
        };
        var sid = statement.TryGetProperty("Sid", out var named) ? Text(named) : null;
        var actions = Actions(statement, kind, hasVariables);
        var conditions = Conditions(statement, hasVariables);
        return kind switch
        {
            PolicyKind.Trust => new PolicyStatement(sid, isDeny, actions, NoResources(statement), conditions, Principals(statement)),
            PolicyKind.Resource => new PolicyStatement(sid, isDeny, actions, Resources(statement, hasVariables), conditions, Principals(statement)),
            _ => new PolicyStatement(sid, isDeny, actions, NoPrincipal(statement, hasVariables), conditions),
        };
    }

    static PatternSet Actions(JsonElement statement, PolicyKind kind, bool hasVariables)
    {
        var actions = Patterns(statement, "Action", "NotAction", hasVariables) ?? throw IamErrors.Malformed(
            kind == PolicyKind.Trust ? "Missing required field Action" : "Policy statement must contain actions.");
        if (!actions.Patterns.All(action => action.ToString() == "*" || ActionPattern.IsMatch(action.ToString())))
            throw IamErrors.Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        return actions;
    }

    static PatternSet NoPrincipal(JsonElement statement, bool hasVariables) =>
        statement.TryGetProperty("Principal", out _) || statement.TryGetProperty("NotPrincipal", out _)
            ? throw IamErrors.Malformed("Policy document should not specify a principal.")
            : Resources(statement, hasVariables);

    static PatternSet Resources(JsonElement statement, bool hasVariables)
    {
        var resources = Patterns(statement, "Resource", "NotResource", hasVariables) ?? throw IamErrors.Malformed("Policy statement must contain resources.");
        if (resources.Patterns.Select(pattern => pattern.ToString()).FirstOrDefault(resource => resource != "*" && !resource.StartsWith("arn:", StringComparison.Ordinal)) is { } odd)
            throw IamErrors.Malformed($"Resource {odd} must be in ARN format or \"*\".");
        return resources;
    }

    static PatternSet NoResources(JsonElement statement)
    {
        if (statement.TryGetProperty("Resource", out _)) throw IamErrors.Malformed("Has prohibited field Resource");
        if (statement.TryGetProperty("NotResource", out _)) throw IamErrors.Malformed("Has prohibited field NotResource");
        return PatternSet.Everything;
    }

    static PrincipalSet Principals(JsonElement statement)
    {
        var isInverted = !statement.TryGetProperty("Principal", out var principal);
        if (isInverted && !statement.TryGetProperty("NotPrincipal", out principal)) throw IamErrors.Malformed("Missing required field Principal");
        if (!isInverted && statement.TryGetProperty("NotPrincipal", out _)) throw IamErrors.Malformed(SyntaxErrors);
        if (principal.ValueKind == JsonValueKind.String && principal.GetString() == "*") return new PrincipalSet(["*"], [], isInverted);
        if (principal.ValueKind != JsonValueKind.Object || principal.EnumerateObject().Any(kind => kind.Name is not ("AWS" or "Service" or "Federated" or "CanonicalUser")))
            throw IamErrors.Malformed("Invalid principal in policy.");
        return new PrincipalSet(Texts(principal, "AWS") ?? [], Texts(principal, "Service") ?? [], isInverted);
    }

    static PolicyCondition[] Conditions(JsonElement statement, bool hasVariables)
    {
        if (!statement.TryGetProperty("Condition", out var block)) return [];
        if (block.ValueKind != JsonValueKind.Object) throw IamErrors.Malformed(SyntaxErrors);
        return [.. block.EnumerateObject().SelectMany(kind => Conditions(kind, hasVariables))];
    }

    static IEnumerable<PolicyCondition> Conditions(JsonProperty kind, bool hasVariables)
    {
        var match = ConditionPattern.Match(kind.Name);
        if (!match.Success || ConditionOperator.Find(match.Groups["operator"].Value) is not { } found || (found.IsNullCheck && match.Groups["exists"].Success))
            throw IamErrors.Malformed($"Invalid Condition type : {kind.Name}.");
        if (kind.Value.ValueKind != JsonValueKind.Object) throw IamErrors.Malformed(SyntaxErrors);
        var quantifier = match.Groups["set"].Value switch
        {
            "ForAllValues" => ConditionQuantifier.ForAllValues,
            "ForAnyValue" => ConditionQuantifier.ForAnyValue,
            _ => ConditionQuantifier.None,
        };
        foreach (var key in kind.Value.EnumerateObject())
        {
            if (!key.Name.Contains(':')) throw IamErrors.Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
            var values = key.Value.ValueKind == JsonValueKind.Array ? key.Value.EnumerateArray().Select(Scalar) : [Scalar(key.Value)];
            yield return new PolicyCondition(found, quantifier, match.Groups["exists"].Success, key.Name, [.. values.Select(value => new PolicyText(value, hasVariables))]);
        }
    }

    // People write true and 3600 without quotes, and IAM takes it.
    static string Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => Text(value),
    };

    static PatternSet? Patterns(JsonElement statement, string name, string inverse, bool hasVariables)
    {
        var plain = Texts(statement, name);
        var inverted = Texts(statement, inverse);
        if (plain is not null && inverted is not null) throw IamErrors.Malformed(SyntaxErrors);
        return (plain, inverted) switch
        {
            ({ } patterns, _) => new PatternSet(Compile(patterns), false),
            (_, { } patterns) => new PatternSet(Compile(patterns), true),
            _ => null,
        };

        PolicyText[] Compile(string[] patterns) => [.. patterns.Select(pattern => new PolicyText(pattern, hasVariables))];
    }

    static string[]? Texts(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];
    }

    static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw IamErrors.Malformed(SyntaxErrors);

    [GeneratedRegex("^((?<set>ForAllValues|ForAnyValue):)?(?<operator>[A-Za-z]+?)(?<exists>IfExists)?$")]
    static partial Regex ConditionPattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9-]+:[A-Za-z0-9*?]+\z")]
    static partial Regex ActionPattern { get; }
}
