using System.Collections.Immutable;
using System.Text;
using Lambray.Aws;

namespace Lambray.Functions.Registry.Policies;

/// <summary>Who may use a function, a version, an alias or a layer ("Resource-based policies" in the Developer Guide).</summary>
/// <param name="Statements">In the order that they were added.</param>
public sealed record ResourcePolicy(ImmutableList<PolicyStatement> Statements, Guid RevisionId)
{
    const int BytesMax = 20_480;

    /// <summary>Whether anybody at all may call a function's address, as AuthType NONE needs it: a condition on who or whence is not for all.</summary>
    public bool AllowsPublicUrl() => Statements.Any(statement => statement is
    {
        Principal: "*",
        Action: "lambda:InvokeFunctionUrl" or "lambda:*" or "*",
        FunctionUrlAuthType: null or "NONE",
        SourceArn: null,
        SourceAccount: null,
        OrganizationId: null,
        EventSourceToken: null,
    });

    /// <summary>Whether a service of AWS may invoke the function for one of its resources, as S3 for a bucket and SNS for a topic.</summary>
    /// <param name="service">Its principal: <c>s3.amazonaws.com</c>.</param>
    public bool AllowsInvocation(string service, Arn source, string sourceAccount) => Statements.Any(statement =>
        (statement.Principal == service || statement.Principal == "*")
        && statement.Action is ("lambda:InvokeFunction" or "lambda:*" or "*")
        && (statement.SourceArn is null || WildcardPattern.Matches(statement.SourceArn, source.ToString(), StringComparison.Ordinal))
        && (statement.SourceAccount is null || statement.SourceAccount == sourceAccount)
        && statement is { OrganizationId: null, EventSourceToken: null, FunctionUrlAuthType: null, InvokedViaFunctionUrl: null });

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
