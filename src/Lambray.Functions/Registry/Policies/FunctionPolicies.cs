using Lambray.Aws;

namespace Lambray.Functions.Registry.Policies;

/// <summary>Who may invoke functions, their versions and aliases: a policy for each ("Resource-based policies" in the Developer Guide).</summary>
public sealed class FunctionPolicies(FunctionStore store, AwsHome home)
{
    const string Reads = "GetPolicy";

    /// <summary>The policy of exactly this function, version or alias; null when nobody was given a permission.</summary>
    public ResourcePolicy? Find(FunctionName function) => store.Find(function.Name)?.Policies.GetValueOrDefault(KeyOf(function));

    /// <summary>The policy as the evaluation of policies reads it.</summary>
    public Resources.Iam.ResourcePolicy? FindDocument(FunctionName function) =>
        Find(function) is { } policy ? Resources.Iam.ResourcePolicy.Parse(PolicyText.Of(policy, function.Arn(home).ToString())) : null;

    /// <summary>Policy and the ARN that it belongs to.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public (ResourcePolicy Policy, string Resource) Get(FunctionName function) =>
        (Find(function) ?? throw LambdaErrors.ResourceNotFound(), function.Arn(home).ToString());

    /// <returns>The statement, as JSON.</returns>
    /// <exception cref="AwsException">Something named is not there, the statement is, or the request breaks a limit.</exception>
    public async Task<string> AddAsync(FunctionName function, PermissionRequest request, Guid? expectedRevision)
    {
        var statement = request.ToStatement();
        if (function.Qualifier == FunctionName.Latest) throw LambdaErrors.InvalidParameter("We currently do not support adding policies for $LATEST.");
        var resource = function.Arn(home).ToString();
        await store.ChangeAsync(function.Name, found =>
        {
            var current = store.RequireQualified(found, function, home);
            var policy = ResourcePolicy.Add(current.Policies.GetValueOrDefault(KeyOf(function)), statement, resource, RevisionOf(current, KeyOf(function)), expectedRevision, Reads);
            return current with { Policies = current.Policies.SetItem(KeyOf(function), policy) };
        });
        return PolicyText.Of(statement, resource);
    }

    /// <exception cref="AwsException">There is no such statement, or the policy has changed since that revision.</exception>
    public Task RemoveAsync(FunctionName function, string statementId, Guid? expectedRevision) => store.ChangeAsync(function.Name, found =>
    {
        if (found is null) throw new AwsException("ResourceNotFoundException", 404, $"No policy found for: {function.Arn(home)}");
        var current = store.RequireQualified(found, function, home);
        var rest = ResourcePolicy.Remove(current.Policies.GetValueOrDefault(KeyOf(function)), statementId, expectedRevision, Reads);
        return current with
        {
            Policies = rest is null ? current.Policies.Remove(KeyOf(function)) : current.Policies.SetItem(KeyOf(function), rest),
        };
    });

    Guid? RevisionOf(RegisteredFunction function, string qualifier) =>
        function.Aliases.GetValueOrDefault(qualifier)?.RevisionId ?? store.FindVersion(function.Name, qualifier)?.RevisionId;

    static string KeyOf(FunctionName function) => function.Qualifier ?? FunctionName.Latest;
}
