using System.Text.Json;

namespace Lambray.Resources.Iam.Policies;

/// <summary>A policy, parsed and found valid.</summary>
public sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>What it is called where it is attached; null for what has no name.</summary>
    public string? Name { get; init; }

    /// <summary>What it was read from.</summary>
    public string Json { get; init; } = "";

    /// <exception cref="Aws.AwsException">MalformedPolicyDocument, saying what is wrong.</exception>
    public static PolicyDocument Parse(string json, PolicyKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return PolicyGrammar.Read(document.RootElement, kind) with { Json = json };
        }
        catch (JsonException)
        {
            throw IamErrors.Malformed("This policy contains invalid Json");
        }
    }

    internal bool Allows(AccessRequest request) => Statements.Any(statement => !statement.IsDeny && statement.Applies(request));

    internal bool Denies(AccessRequest request) => Statements.Any(statement => statement.IsDeny && statement.Applies(request));

    /// <summary>How nearly the caller is named by the statements that allow this.</summary>
    internal PrincipalMatch Grants(AccessRequest request) => Statements
        .Where(statement => !statement.IsDeny && statement.Applies(request))
        .Select(statement => statement.Principals!.Match(request.Caller))
        .DefaultIfEmpty(PrincipalMatch.None).Max();
}

/// <summary>A trust policy names principals and no resources, an identity policy resources and no principals, a resource policy both.</summary>
public enum PolicyKind
{
    Identity,
    Trust,
    Resource,
}
