using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;

namespace Lambray.Functions.Registry.Policies;

/// <summary>Who may use a function, a version, an alias or a layer ("Resource-based policies" in the Developer Guide).</summary>
/// <param name="Statements">In the order that they were added.</param>
public sealed record ResourcePolicy(ImmutableList<PolicyStatement> Statements, Guid RevisionId)
{
    const int BytesMax = 20_480;

    // A policy belongs to one function and speaks of nothing else: its ARN makes no difference.
    const string Own = "arn:aws:lambda:::function";

    static readonly ConditionalWeakTable<ResourcePolicy, Resources.Iam.ResourcePolicy> Documents = [];

    /// <summary>As the evaluation of policies reads it.</summary>
    Resources.Iam.ResourcePolicy Document => Documents.GetValue(this, policy => Resources.Iam.ResourcePolicy.Parse(PolicyText.Of(policy, Own)));

    /// <summary>Whether anybody at all may call a function's address, as AuthType NONE needs it: a condition on who or whence is not for all.</summary>
    public bool AllowsPublicUrl() => Document.Allows(CallerIdentity.Anonymous, "lambda:InvokeFunctionUrl", Own, new RequestContext()
        .Set("lambda:FunctionUrlAuthType", "NONE").Set("lambda:InvokedViaFunctionUrl", "true"));

    /// <summary>Whether a service may invoke the function for a resource of this account, as it does for events.</summary>
    public bool AllowsInvocation(string service, Arn source, string sourceAccount) =>
        Document.AllowsService(service, "lambda:InvokeFunction", Own, source.ToString(), sourceAccount);

    /// <summary>With one permission more.</summary>
    /// <param name="policy">Null for the first.</param>
    /// <param name="revision">What the caller is to expect: the policy's, or without one that of what it is for.</param>
    /// <param name="expectedRevision">Null when the caller expects nothing.</param>
    /// <param name="operation">Which would tell the revision.</param>
    /// <exception cref="AwsException">The statement is there, the policy would grow too long, or it has changed since that revision.</exception>
    internal static ResourcePolicy Add(ResourcePolicy? policy, PolicyStatement statement, string resource, Guid? revision, Guid? expectedRevision, string operation)
    {
        RequireRevision(policy?.RevisionId ?? revision, expectedRevision, operation);
        var statements = policy?.Statements ?? [];
        if (statements.Exists(present => present.StatementId == statement.StatementId))
            throw new AwsException("ResourceConflictException", 409,
                $"The statement id ({statement.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.");
        var grown = new ResourcePolicy(statements.Add(statement), Guid.NewGuid());
        var bytes = Encoding.UTF8.GetByteCount(PolicyText.Of(grown, resource));
        if (bytes > BytesMax)
            throw new AwsException("PolicyLengthExceededException", 400, $"The final policy size ({bytes}) is bigger than the limit ({BytesMax}).");
        return grown;
    }

    /// <summary>With one permission less; null when that was the last.</summary>
    /// <exception cref="AwsException">There is no such statement, or the policy has changed since that revision.</exception>
    internal static ResourcePolicy? Remove(ResourcePolicy? policy, string statementId, Guid? expectedRevision, string operation)
    {
        if (policy is null) throw new AwsException("ResourceNotFoundException", 404, "No policy is associated with the given resource.");
        RequireRevision(policy.RevisionId, expectedRevision, operation);
        var rest = policy.Statements.RemoveAll(statement => statement.StatementId == statementId);
        if (rest.Count == policy.Statements.Count)
            throw new AwsException("ResourceNotFoundException", 404, $"Statement {statementId} is not found in resource policy.");
        return rest.IsEmpty ? null : new ResourcePolicy(rest, Guid.NewGuid());
    }

    static void RequireRevision(Guid? revision, Guid? expected, string operation)
    {
        if (expected is not null && revision != expected) throw LambdaErrors.RevisionMismatch(operation);
    }
}
