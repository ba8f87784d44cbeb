using System.Collections.Immutable;

namespace Lambray.Functions.Registry.Policies;

/// <summary>Who may use a function, a version, an alias or a layer ("Resource-based policies" in the Developer Guide).</summary>
/// <param name="Statements">In the order that they were added.</param>
public sealed record ResourcePolicy(ImmutableList<PolicyStatement> Statements, Guid RevisionId)
{
    /// <summary>Whether anybody at all may call a function's address, as AuthType NONE needs it.</summary>
    public bool AllowsPublicUrl() => Statements.Any(
        statement => statement.Principal == "*" && statement.Action is "lambda:InvokeFunctionUrl" or "lambda:*" && statement.FunctionUrlAuthType is null or "NONE");
}
