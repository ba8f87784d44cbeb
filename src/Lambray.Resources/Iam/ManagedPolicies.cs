using Lambray.Aws;
using Lambray.Resources.Iam.Policies;
using Microsoft.Data.Sqlite;

namespace Lambray.Resources.Iam;

/// <summary>Every policy that can be given by ARN: those that AWS keeps, and those that the account makes.</summary>
public sealed class ManagedPolicies(IamStore store)
{
    const int VersionsMax = 5;

    /// <exception cref="AwsException">EntityAlreadyExists, MalformedPolicyDocument, LimitExceeded or ValidationError.</exception>
    public async Task<ManagedPolicy> CreatePolicy(
        string policyName, string document, string path = "/", string? description = null, IReadOnlyList<Tag>? tags = null)
    {
        IamNames.CheckPolicyName(policyName);
        IamNames.CheckPath(path);
        IamNames.CheckDescription(description);
        IamNames.CheckTags(tags ?? []);
        CheckDocument(document);
        var policy = new ManagedPolicy(
            store.Home.Global("iam", $"policy{path}{policyName}"), path, policyName, UniqueId.Create(UniqueId.PolicyPrefix), store.Now, document, description)
        {
            Tags = tags ?? [],
        };
        await store.Change(connection =>
        {
            if (CustomerPolicyRows.IsNameTaken(connection, policyName))
                throw IamErrors.AlreadyExists($"A policy called {policyName} already exists. Duplicate names are not allowed.");
            CustomerPolicyRows.Insert(connection, policy);
        });
        return policy;
    }

    public ManagedPolicy GetPolicy(string policyArn) => store.Read(connection => Get(connection, policyArn));

    /// <summary>AWS's own first; both sorted by name.</summary>
    public IReadOnlyList<ManagedPolicy> ListPolicies() =>
        [.. AwsManagedPolicies.List.OrderBy(policy => policy.PolicyName, StringComparer.Ordinal), .. store.Read(connection => CustomerPolicyRows.List(connection, store.Home))];

    /// <summary>How many roles, users and groups have each policy, by ARN; those that nobody has are left out.</summary>
    public IReadOnlyDictionary<string, long> CountAttachments() => store.Read(HeldPolicyRows.CountAttachments);

    /// <summary>How many roles and users each policy bounds, by ARN.</summary>
    public IReadOnlyDictionary<string, long> CountBoundaries() => store.Read(BoundaryRows.Count);

    /// <summary>Who has the policy, sorted.</summary>
    public IReadOnlyList<PolicyHolder> ListHolders(string policyArn) =>
        store.Read(connection => HeldPolicyRows.ListHolders(connection, Get(connection, policyArn).Arn.ToString()));

    /// <summary>Whom the policy bounds, sorted.</summary>
    public IReadOnlyList<PolicyHolder> ListBounded(string policyArn) =>
        store.Read(connection => BoundaryRows.ListBounded(connection, Get(connection, policyArn).Arn.ToString()));

    /// <exception cref="AwsException">DeleteConflict while somebody has it or versions besides the default are left, NoSuchEntity, or AccessDenied for AWS's own.</exception>
    public Task DeletePolicy(string policyArn) => store.Change(connection =>
    {
        var policy = GetOwn(connection, policyArn);
        if (HeldPolicyRows.ListHolders(connection, policyArn).Count > 0 || BoundaryRows.ListBounded(connection, policyArn).Count > 0)
            throw IamErrors.DeleteConflict("Cannot delete a policy attached to entities.");
        if (CustomerPolicyRows.ListVersions(connection, policy).Count > 1)
            throw IamErrors.DeleteConflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.");
        CustomerPolicyRows.Delete(connection, policy);
    });

    /// <exception cref="AwsException">LimitExceeded with five versions, MalformedPolicyDocument.</exception>
    public Task<PolicyVersion> CreateVersion(string policyArn, string document, bool setAsDefault)
    {
        CheckDocument(document);
        return store.Change(connection =>
        {
            var policy = GetOwn(connection, policyArn);
            if (CustomerPolicyRows.ListVersions(connection, policy).Count >= VersionsMax)
                throw IamErrors.LimitExceeded($"A managed policy can have up to {VersionsMax} versions. Before you create a new version, you must delete an existing version.");
            var now = store.Now;
            var number = CustomerPolicyRows.AddVersion(connection, policy, document, now);
            if (setAsDefault) CustomerPolicyRows.SetDefault(connection, policy, number, now);
            return new PolicyVersion(number, document, now, setAsDefault);
        });
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<PolicyVersion> ListVersions(string policyArn) => store.Read(connection => Versions(connection, Get(connection, policyArn)));

    public PolicyVersion GetVersion(string policyArn, string versionId) =>
        ListVersions(policyArn).FirstOrDefault(version => version.Id == versionId) ?? throw NoVersion(policyArn, versionId);

    public Task SetDefaultVersion(string policyArn, string versionId) => store.Change(connection =>
    {
        var policy = GetOwn(connection, policyArn);
        CustomerPolicyRows.SetDefault(connection, policy, Version(connection, policy, versionId).Number, store.Now);
    });

    /// <exception cref="AwsException">DeleteConflict for the default version.</exception>
    public Task DeleteVersion(string policyArn, string versionId) => store.Change(connection =>
    {
        var policy = GetOwn(connection, policyArn);
        var version = Version(connection, policy, versionId);
        if (version.IsDefault) throw IamErrors.DeleteConflict("Cannot delete the default version of a policy.");
        CustomerPolicyRows.DeleteVersion(connection, policy, version.Number);
    });

    public Task Tag(string policyArn, IReadOnlyList<Tag> tags) =>
        store.Change(connection => IamTags.Add(connection, EntityKind.Policy, GetOwn(connection, policyArn).PolicyName, tags));

    public Task Untag(string policyArn, IReadOnlyList<string> keys) =>
        store.Change(connection => TagRows.Remove(connection, EntityKind.Policy, GetOwn(connection, policyArn).PolicyName, keys));

    internal ManagedPolicy? Find(SqliteConnection connection, string policyArn) =>
        AwsManagedPolicies.Find(policyArn) ?? CustomerPolicyRows.Find(connection, policyArn, store.Home);

    ManagedPolicy Get(SqliteConnection connection, string policyArn)
    {
        if (!Arn.TryParse(policyArn, out _)) throw IamErrors.InvalidInput($"ARN {policyArn} is not valid.");
        return Find(connection, policyArn) ?? throw IamErrors.PolicyNotFound(policyArn);
    }

    ManagedPolicy GetOwn(SqliteConnection connection, string policyArn)
    {
        var policy = Get(connection, policyArn);
        return policy.IsAwsManaged ? throw new AwsException("AccessDenied", 403, $"{policyArn} belongs to AWS and cannot be changed.") : policy;
    }

    static List<PolicyVersion> Versions(SqliteConnection connection, ManagedPolicy policy) => policy.IsAwsManaged
        ? [new PolicyVersion(policy.DefaultVersion, policy.Document, policy.CreateDate, IsDefault: true)]
        : CustomerPolicyRows.ListVersions(connection, policy);

    static PolicyVersion Version(SqliteConnection connection, ManagedPolicy policy, string versionId) =>
        CustomerPolicyRows.ListVersions(connection, policy).Find(version => version.Id == versionId) ?? throw NoVersion(policy.Arn.ToString(), versionId);

    static AwsException NoVersion(string policyArn, string versionId) =>
        IamErrors.NoSuchEntity($"Policy {policyArn} version {versionId} does not exist or is not attachable.");

    static void CheckDocument(string document)
    {
        PolicyDocument.Parse(document, PolicyKind.Identity);
        IamQuotas.CheckSize(document, IamQuotas.ManagedPolicySizeMax, "PolicySize");
    }
}
