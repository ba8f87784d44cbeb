using Lambray.Aws;
using Lambray.Resources.Iam.Policies;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>The policies of roles, users and groups: inline ones, attached ones, and the boundary of those that have one.</summary>
public sealed class HeldPolicies(IamStore store, ManagedPolicies managedPolicies)
{
    /// <summary>Attaching what is attached already changes nothing.</summary>
    /// <exception cref="AwsException">NoSuchEntity, InvalidInput or LimitExceeded.</exception>
    public Task Attach(PolicyHolder holder, string policyArn) => store.Change(connection =>
    {
        var found = Entities.Require(connection, holder);
        if (!Arn.TryParse(policyArn, out _)) throw IamErrors.InvalidInput($"ARN {policyArn} is not valid.");
        if (managedPolicies.Find(connection, policyArn) is null) throw IamErrors.PolicyNotAttachable(policyArn);
        HeldPolicyRows.Attach(connection, found, policyArn);
        if (HeldPolicyRows.ListAttached(connection, found).Count > IamQuotas.AttachedPoliciesMax)
            throw IamErrors.QuotaExceeded($"PoliciesPer{holder.Kind}", IamQuotas.AttachedPoliciesMax);
    });

    public Task Detach(PolicyHolder holder, string policyArn) => store.Change(connection =>
    {
        if (!HeldPolicyRows.Detach(connection, Entities.Require(connection, holder), policyArn)) throw IamErrors.PolicyNotFound(policyArn);
    });

    /// <summary>Sorted by ARN.</summary>
    public IReadOnlyList<ManagedPolicy> ListAttached(PolicyHolder holder) => store.Read(connection => Attached(connection, Entities.Require(connection, holder)));

    /// <summary>Adds an inline policy, or replaces the one of that name.</summary>
    /// <exception cref="AwsException">NoSuchEntity, MalformedPolicyDocument or LimitExceeded.</exception>
    public Task PutInline(PolicyHolder holder, string policyName, string document)
    {
        IamNames.CheckPolicyName(policyName);
        PolicyDocument.Parse(document, PolicyKind.Identity);
        return store.Change(connection =>
        {
            var found = Entities.Require(connection, holder);
            HeldPolicyRows.Put(connection, found, policyName, document);
            IamQuotas.CheckInlineSize(found, HeldPolicyRows.ListInline(connection, found));
        });
    }

    /// <returns>The document of the inline policy.</returns>
    public string GetInline(PolicyHolder holder, string policyName) =>
        store.Read(connection => HeldPolicyRows.FindDocument(connection, Entities.Require(connection, holder), policyName)) ?? throw IamErrors.InlinePolicyNotFound(holder, policyName);

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<InlinePolicy> ListInline(PolicyHolder holder) =>
        store.Read(connection => HeldPolicyRows.ListInline(connection, Entities.Require(connection, holder)));

    public Task DeleteInline(PolicyHolder holder, string policyName) => store.Change(connection =>
    {
        if (!HeldPolicyRows.Delete(connection, Entities.Require(connection, holder), policyName)) throw IamErrors.InlinePolicyNotFound(holder, policyName);
    });

    /// <param name="policyArn">Null takes the boundary away.</param>
    public Task SetBoundary(PolicyHolder holder, string? policyArn) => store.Change(connection =>
    {
        var found = Entities.Require(connection, holder);
        if (policyArn is not null) RequireBoundary(connection, policyArn);
        BoundaryRows.Set(connection, found, policyArn);
    });

    internal void RequireBoundary(SqliteConnection connection, string policyArn)
    {
        if (!Arn.TryParse(policyArn, out _)) throw IamErrors.InvalidInput($"ARN {policyArn} is not valid.");
        if (managedPolicies.Find(connection, policyArn) is null) throw IamErrors.PolicyNotAttachable(policyArn);
    }

    /// <summary>What the holder is allowed and denied by its own policies, parsed.</summary>
    internal IEnumerable<PolicyDocument> Documents(SqliteConnection connection, PolicyHolder holder) => Attached(connection, holder).Select(Parse)
        .Concat(HeldPolicyRows.ListInline(connection, holder).Select(policy => PolicyDocument.Parse(policy.Document, PolicyKind.Identity) with { Name = policy.Name }));

    internal PolicyDocument? Boundary(SqliteConnection connection, string? policyArn) =>
        policyArn is null ? null : Parse(managedPolicies.Find(connection, policyArn)!);

    /// <summary>Who is deleted must have nothing left.</summary>
    internal static void RequireNone(SqliteConnection connection, PolicyHolder holder)
    {
        if (HeldPolicyRows.ListAttached(connection, holder).Count > 0) throw IamErrors.DeleteConflict("Cannot delete entity, must detach all policies first.");
        if (HeldPolicyRows.ListInline(connection, holder).Count > 0) throw IamErrors.DeleteConflict("Cannot delete entity, must delete policies first.");
    }

    static PolicyDocument Parse(ManagedPolicy policy) => PolicyDocument.Parse(policy.Document, PolicyKind.Identity) with { Name = policy.PolicyName };

    // A policy cannot be deleted while it is attached.
    ManagedPolicy[] Attached(SqliteConnection connection, PolicyHolder holder) =>
        [.. HeldPolicyRows.ListAttached(connection, holder).Select(arn => managedPolicies.Find(connection, arn)!)];
}
