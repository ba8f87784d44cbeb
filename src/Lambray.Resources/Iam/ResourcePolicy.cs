using Lambray.Aws;
using Lambray.Resources.Iam.Policies;

namespace Lambray.Resources.Iam;

/// <summary>The document of a policy that a service attaches to its own resources, saying who may do what with them.</summary>
public sealed class ResourcePolicy
{
    readonly PolicyDocument document;

    ResourcePolicy(PolicyDocument document) => this.document = document;

    /// <exception cref="AwsException">MalformedPolicyDocument, saying what is wrong.</exception>
    public static ResourcePolicy Parse(string json) => new(PolicyDocument.Parse(json, PolicyKind.Resource));

    /// <summary>Whether it denies the account itself an action on everything, with no condition that could lift it.</summary>
    public bool LocksOut(AwsHome home, string action) =>
        document with { Statements = [.. document.Statements.Where(statement => statement.Conditions.Count == 0)] } is var unconditional
        && unconditional.Denies(new AccessRequest(CallerIdentity.Root(home), action, "*", RequestContext.Empty));

    /// <summary>Whether a service, such as <c>sns.amazonaws.com</c>, may do this on behalf of the resource whose event it brings.</summary>
    public bool AllowsService(string service, string action, string resource, string sourceArn, string sourceAccount) =>
        Allows(CallerIdentity.OfService(service), action, resource, new RequestContext().Set("aws:SourceArn", sourceArn).Set("aws:SourceAccount", sourceAccount));

    /// <summary>Whether this policy alone is enough to let the caller do it.</summary>
    public bool Allows(CallerIdentity caller, string action, string resource, RequestContext context) =>
        PolicyEvaluation.Decide(new AccessRequest(caller, action, resource, caller.Describe(context)), new PolicySet { Resource = document }) == AccessDecision.Allowed;

    internal PolicyDocument Document => document;
}
