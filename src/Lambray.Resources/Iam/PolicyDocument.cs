using System.Text.Json;

namespace Lambray.Resources.Iam;

/// <summary>A policy, parsed and found valid.</summary>
sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    /// <exception cref="Aws.AwsException">MalformedPolicyDocument, saying what is wrong.</exception>
    public static PolicyDocument Parse(string json, PolicyKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return PolicyGrammar.Read(document.RootElement, kind);
        }
        catch (JsonException)
        {
            throw IamErrors.Malformed("This policy contains invalid Json");
        }
    }

    /// <summary>An explicit Deny wins over any Allow, in whichever of the policies it stands.</summary>
    public static bool Allows(IEnumerable<PolicyDocument> policies, string action, string resource)
    {
        var applying = policies.SelectMany(policy => policy.Statements).Where(statement => statement.Applies(action, resource)).ToList();
        return applying.Count > 0 && !applying.Exists(statement => statement.IsDeny);
    }

    /// <summary>Whether this, as a trust policy, lets the caller assume its role.</summary>
    public bool Trusts(CallerIdentity caller)
    {
        var applying = Statements.Where(statement => statement.Applies("sts:AssumeRole", "*") && statement.Principals!.Include(caller)).ToList();
        return applying.Count > 0 && !applying.Exists(statement => statement.IsDeny);
    }
}

/// <summary>A trust policy names principals and no resources, an identity policy resources and no principals, a resource policy both.</summary>
enum PolicyKind
{
    Identity,
    Trust,
    Resource,
}
