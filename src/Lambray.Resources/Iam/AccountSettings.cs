using Lambray.Storage;

namespace Lambray.Resources.Iam;

/// <summary>What belongs to the account as a whole: its alias, and how much there is of everything.</summary>
public sealed class AccountSettings(IamStore store)
{
    public string? FindAlias() => store.Read(connection => connection.One("SELECT alias FROM account_alias", row => row.GetString(0)));

    /// <summary>There is one; another takes its place.</summary>
    public Task SetAlias(string alias)
    {
        IamNames.CheckAlias(alias);
        return store.Note(connection =>
        {
            connection.Run("DELETE FROM account_alias");
            connection.Run("INSERT INTO account_alias VALUES ($1)", alias);
        });
    }

    /// <exception cref="Aws.AwsException">NoSuchEntity.</exception>
    public Task DeleteAlias(string alias)
    {
        IamNames.CheckAlias(alias);
        return store.Note(connection =>
        {
            if (connection.Run("DELETE FROM account_alias WHERE alias = $1", alias) == 0) throw IamErrors.NoSuchEntity($"The account alias {alias} cannot be found.");
        });
    }

    /// <summary>How many there are, and how many there may be, by the names that GetAccountSummary has for them.</summary>
    public IReadOnlyList<(string Name, long Value)> Summarize() => store.Read<(string, long)[]>(connection =>
    {
        return
        [
            ("Users", Count("users")), ("UsersQuota", 5000), ("Groups", Count("groups")), ("GroupsQuota", 300), ("Roles", Count("roles")), ("RolesQuota", 1000),
            ("Policies", Count("customer_policies")), ("PoliciesQuota", 1500), ("PolicyVersionsInUse", Count("policy_versions")), ("PolicyVersionsInUseQuota", 10000),
            ("InstanceProfiles", Count("instance_profiles")), ("InstanceProfilesQuota", 1000), ("VersionsPerPolicyQuota", 5), ("PolicySizeQuota", IamQuotas.ManagedPolicySizeMax),
            ("AccessKeysPerUserQuota", IamQuotas.AccessKeysPerUser), ("GroupsPerUserQuota", IamQuotas.GroupsPerUser),
            ("AttachedPoliciesPerUserQuota", IamQuotas.AttachedPoliciesMax), ("AttachedPoliciesPerGroupQuota", IamQuotas.AttachedPoliciesMax),
            ("AttachedPoliciesPerRoleQuota", IamQuotas.AttachedPoliciesMax), ("UserPolicySizeQuota", 2048), ("GroupPolicySizeQuota", 5120), ("RolePolicySizeQuota", 10240),
            ("AssumeRolePolicySizeQuota", IamQuotas.TrustPolicySizeMax), ("AccountAccessKeysPresent", 1), ("AccountMFAEnabled", 0), ("AccountPasswordPresent", 0),
            ("AccountSigningCertificatesPresent", 0), ("MFADevices", 0), ("MFADevicesInUse", 0), ("Providers", 0), ("ServerCertificates", 0), ("ServerCertificatesQuota", 20),
            ("SigningCertificatesPerUserQuota", 2), ("GlobalEndpointTokenVersion", 1),
        ];

        long Count(string table) => connection.One($"SELECT count(*) FROM {table}", row => row.GetInt64(0));
    });
}
