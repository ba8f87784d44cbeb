using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>The document of a policy that a service attaches to its own resources, saying who may do what with them.</summary>
public sealed class ResourcePolicy
{
    readonly PolicyDocument document;

    ResourcePolicy(PolicyDocument document) => this.document = document;

    /// <exception cref="AwsException">MalformedPolicyDocument, saying what is wrong.</exception>
    public static ResourcePolicy Parse(string json) => new(PolicyDocument.Parse(json, PolicyKind.Resource));

    /// <summary>Whether it denies the account itself an action on everything, with no condition that could lift it.</summary>
    public bool LocksOut(AwsHome home, string action) => document.Statements.Any(statement =>
        statement is { IsDeny: true, HasCondition: false } && statement.Applies(action, "*") && statement.Principals!.Include(CallerIdentity.Root(home)));
}
