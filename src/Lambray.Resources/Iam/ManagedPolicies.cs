using Lambray.Aws;
using Lambray.Storage;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Every policy that a role can be given by ARN: those that AWS keeps, and those that the account makes.</summary>
public sealed class ManagedPolicies(SqliteDatabase database, AwsHome home, TimeProvider time)
{
    /// <exception cref="AwsException">EntityAlreadyExists, MalformedPolicyDocument or ValidationError.</exception>
    public async Task<ManagedPolicy> CreatePolicy(string policyName, string document, string path = "/", string? description = null)
    {
        IamNames.CheckPolicyName(policyName);
        IamNames.CheckPath(path);
        IamNames.CheckDescription(description);
        PolicyDocument.Parse(document, PolicyKind.Identity);
        var policy = new ManagedPolicy(
            home.Global("iam", $"policy{path}{policyName}"), path, policyName, UniqueId.Create(UniqueId.PolicyPrefix), time.GetUtcNow(), document, description);
        await database.WriteAsync(connection =>
        {
            if (CustomerPolicyRows.IsNameTaken(connection, policyName))
                throw IamErrors.AlreadyExists($"A policy called {policyName} already exists. Duplicate names are not allowed.");
            CustomerPolicyRows.Insert(connection, policy);
        });
        return policy;
    }

    public ManagedPolicy GetPolicy(string policyArn)
    {
        if (!Arn.TryParse(policyArn, out _)) throw IamErrors.InvalidInput($"ARN {policyArn} is not valid.");
        return database.Read(connection => Find(connection, policyArn)) ?? throw IamErrors.PolicyNotFound(policyArn);
    }

    /// <summary>AWS's own first; both sorted by name.</summary>
    public IReadOnlyList<ManagedPolicy> ListPolicies() =>
        [.. AwsManagedPolicies.List.OrderBy(policy => policy.PolicyName, StringComparer.Ordinal), .. database.Read(connection => CustomerPolicyRows.List(connection, home))];

    public long CountAttachments(string policyArn) => database.Read(connection => RolePolicyRows.CountAttachments(connection, policyArn));

    /// <exception cref="AwsException">DeleteConflict while a role has it, NoSuchEntity, or AccessDenied for AWS's own.</exception>
    public Task DeletePolicy(string policyArn) => database.WriteAsync(connection =>
    {
        if (AwsManagedPolicies.Find(policyArn) is not null) throw new AwsException("AccessDenied", 403, $"{policyArn} belongs to AWS and cannot be deleted.");
        var policy = CustomerPolicyRows.Find(connection, policyArn, home) ?? throw IamErrors.PolicyNotFound(policyArn);
        if (RolePolicyRows.CountAttachments(connection, policyArn) > 0)
            throw IamErrors.DeleteConflict("Cannot delete a policy attached to entities.");
        CustomerPolicyRows.Delete(connection, policy);
    });

    internal ManagedPolicy? Find(SqliteConnection connection, string policyArn) =>
        AwsManagedPolicies.Find(policyArn) ?? CustomerPolicyRows.Find(connection, policyArn, home);
}
