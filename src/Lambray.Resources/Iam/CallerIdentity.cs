using Lambray.Aws;

namespace Lambray.Resources.Iam;

/// <summary>Who makes a request, as GetCallerIdentity tells it: the account's root, or a session of a role.</summary>
/// <param name="Role">The role whose session this is; null for the account's root.</param>
public sealed record CallerIdentity(string AccountId, Arn Arn, string UserId, Arn? Role = null)
{
    public static CallerIdentity Root(AwsHome home) => new(home.AccountId, home.Global("iam", "root"), home.AccountId);

    public static CallerIdentity Session(Arn role, string roleId, string sessionName) => new(
        role.AccountId, new Arn(role.Partition, "sts", "", role.AccountId, $"assumed-role/{role.ResourceName}/{sessionName}"), $"{roleId}:{sessionName}", role);
}
