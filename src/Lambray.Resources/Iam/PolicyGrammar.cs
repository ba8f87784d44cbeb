using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lambray.Resources.Iam;

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
        var read = statements.ValueKind == JsonValueKind.Array
            ? statements.EnumerateArray().Select(statement => Statement(statement, kind)).ToArray()
            : [Statement(statements, kind)];
        return new PolicyDocument(read);
    }

    static PolicyStatement Statement(JsonElement statement, PolicyKind kind)
    {
        if (statement.ValueKind != JsonValueKind.Object) throw IamErrors.Malformed(SyntaxErrors);
        if (!statement.TryGetProperty("Effect", out var effect)) throw IamErrors.Malformed("Missing required field Effect");
        var isDeny = Text(effect) switch
        {
            "Allow" => false,
            "Deny" => true,
            var other => throw IamErrors.Malformed($"Invalid effect: {other}"),
        };
        var hasCondition = statement.TryGetProperty("Condition", out _);
        var actions = Actions(statement, kind);
        return kind switch
        {
            PolicyKind.Trust => new PolicyStatement(isDeny, actions, NoResources(statement), hasCondition, Principals(statement)),
            PolicyKind.Resource => new PolicyStatement(isDeny, actions, Resources(statement), hasCondition, Principals(statement)),
            _ => new PolicyStatement(isDeny, actions, NoPrincipal(statement), hasCondition),
        };
    }

    static PatternSet Actions(JsonElement statement, PolicyKind kind)
    {
        var actions = Patterns(statement, "Action", "NotAction") ?? throw IamErrors.Malformed(
            kind == PolicyKind.Trust ? "Missing required field Action" : "Policy statement must contain actions.");
        if (!actions.Patterns.All(action => action == "*" || ActionPattern.IsMatch(action)))
            throw IamErrors.Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        return actions;
    }

    static PatternSet NoPrincipal(JsonElement statement) =>
        statement.TryGetProperty("Principal", out _) || statement.TryGetProperty("NotPrincipal", out _)
            ? throw IamErrors.Malformed("Policy document should not specify a principal.")
            : Resources(statement);

    static PatternSet Resources(JsonElement statement)
    {
        var resources = Patterns(statement, "Resource", "NotResource") ?? throw IamErrors.Malformed("Policy statement must contain resources.");
        if (resources.Patterns.FirstOrDefault(resource => resource != "*" && !resource.StartsWith("arn:", StringComparison.Ordinal)) is { } odd)
            throw IamErrors.Malformed($"Resource {odd} must be in ARN format or \"*\".");
        return resources;
    }

    static PatternSet NoResources(JsonElement statement)
    {
        if (statement.TryGetProperty("Resource", out _)) throw IamErrors.Malformed("Has prohibited field Resource");
        if (statement.TryGetProperty("NotResource", out _)) throw IamErrors.Malformed("Has prohibited field NotResource");
        return PatternSet.Everything;
    }

    static TrustedPrincipals Principals(JsonElement statement)
    {
        if (!statement.TryGetProperty("Principal", out var principal)) throw IamErrors.Malformed("Missing required field Principal");
        if (principal.ValueKind == JsonValueKind.String && principal.GetString() == "*") return new TrustedPrincipals(["*"]);
        if (principal.ValueKind != JsonValueKind.Object) throw IamErrors.Malformed("Invalid principal in policy.");
        return new TrustedPrincipals(Texts(principal, "AWS") ?? []);
    }

    static PatternSet? Patterns(JsonElement statement, string name, string inverse)
    {
        var plain = Texts(statement, name);
        var inverted = Texts(statement, inverse);
        if (plain is not null && inverted is not null) throw IamErrors.Malformed(SyntaxErrors);
        return (plain, inverted) switch
        {
            ({ } patterns, _) => new PatternSet(patterns, false),
            (_, { } patterns) => new PatternSet(patterns, true),
            _ => null,
        };
    }

    static string[]? Texts(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Text)] : [Text(value)];
    }

    static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw IamErrors.Malformed(SyntaxErrors);

    [GeneratedRegex(@"^[A-Za-z0-9-]+:[A-Za-z0-9*?]+\z")]
    static partial Regex ActionPattern { get; }
}
