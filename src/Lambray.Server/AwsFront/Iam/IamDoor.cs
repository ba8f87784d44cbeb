using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Forwarding;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>The door of IAM: users, groups, roles and policies over the query protocol.</summary>
public static class IamDoor
{
    internal static readonly QueryService Service = new("IAM", "https://iam.amazonaws.com/doc/2010-05-08/", Operations());

    public static readonly ServiceFront Front =
        new(AwsService.Iam, routes => routes.MapIam(), Service.WriteError, QueryService.RequestBytesMax, OperationOf: _ => null)
        {
            Downstream = QueryService.DownstreamForm("IAM"),
            Forwarding = ServiceForwarding.Of("iam", "iam"),
        };

    public static void MapIam(this IEndpointRouteBuilder routes) => routes.Map("/", Service.Serve);

    static Dictionary<string, RequestDelegate> Operations() => new(
    [
        .. new Dictionary<string, RequestDelegate>
        {
            ["CreateRole"] = RoleOperations.CreateRole,
            ["GetRole"] = RoleOperations.GetRole,
            ["ListRoles"] = RoleOperations.ListRoles,
            ["UpdateRole"] = RoleOperations.UpdateRole,
            ["UpdateRoleDescription"] = RoleOperations.UpdateRoleDescription,
            ["UpdateAssumeRolePolicy"] = RoleOperations.UpdateAssumeRolePolicy,
            ["DeleteRole"] = RoleOperations.DeleteRole,
            ["CreateServiceLinkedRole"] = RoleOperations.CreateServiceLinkedRole,
            ["DeleteServiceLinkedRole"] = RoleOperations.DeleteServiceLinkedRole,
            ["GetServiceLinkedRoleDeletionStatus"] = RoleOperations.GetServiceLinkedRoleDeletionStatus,
            ["CreateUser"] = UserOperations.CreateUser,
            ["GetUser"] = UserOperations.GetUser,
            ["ListUsers"] = UserOperations.ListUsers,
            ["UpdateUser"] = UserOperations.UpdateUser,
            ["DeleteUser"] = UserOperations.DeleteUser,
            ["CreateGroup"] = GroupOperations.CreateGroup,
            ["GetGroup"] = GroupOperations.GetGroup,
            ["ListGroups"] = GroupOperations.ListGroups,
            ["ListGroupsForUser"] = GroupOperations.ListGroupsForUser,
            ["UpdateGroup"] = GroupOperations.UpdateGroup,
            ["DeleteGroup"] = GroupOperations.DeleteGroup,
            ["AddUserToGroup"] = GroupOperations.AddUserToGroup,
            ["RemoveUserFromGroup"] = GroupOperations.RemoveUserFromGroup,
            ["CreateAccessKey"] = AccessKeyOperations.CreateAccessKey,
            ["ListAccessKeys"] = AccessKeyOperations.ListAccessKeys,
            ["UpdateAccessKey"] = AccessKeyOperations.UpdateAccessKey,
            ["DeleteAccessKey"] = AccessKeyOperations.DeleteAccessKey,
            ["GetAccessKeyLastUsed"] = AccessKeyOperations.GetAccessKeyLastUsed,
            ["CreatePolicy"] = PolicyOperations.CreatePolicy,
            ["GetPolicy"] = PolicyOperations.GetPolicy,
            ["ListPolicies"] = PolicyOperations.ListPolicies,
            ["ListEntitiesForPolicy"] = PolicyOperations.ListEntitiesForPolicy,
            ["DeletePolicy"] = PolicyOperations.DeletePolicy,
            ["CreatePolicyVersion"] = PolicyVersionOperations.CreatePolicyVersion,
            ["GetPolicyVersion"] = PolicyVersionOperations.GetPolicyVersion,
            ["ListPolicyVersions"] = PolicyVersionOperations.ListPolicyVersions,
            ["SetDefaultPolicyVersion"] = PolicyVersionOperations.SetDefaultPolicyVersion,
            ["DeletePolicyVersion"] = PolicyVersionOperations.DeletePolicyVersion,
            ["CreateInstanceProfile"] = InstanceProfileOperations.CreateInstanceProfile,
            ["GetInstanceProfile"] = InstanceProfileOperations.GetInstanceProfile,
            ["ListInstanceProfiles"] = InstanceProfileOperations.ListInstanceProfiles,
            ["ListInstanceProfilesForRole"] = InstanceProfileOperations.ListInstanceProfilesForRole,
            ["AddRoleToInstanceProfile"] = InstanceProfileOperations.AddRoleToInstanceProfile,
            ["RemoveRoleFromInstanceProfile"] = InstanceProfileOperations.RemoveRoleFromInstanceProfile,
            ["DeleteInstanceProfile"] = InstanceProfileOperations.DeleteInstanceProfile,
            ["CreateAccountAlias"] = AccountOperations.CreateAccountAlias,
            ["ListAccountAliases"] = AccountOperations.ListAccountAliases,
            ["DeleteAccountAlias"] = AccountOperations.DeleteAccountAlias,
            ["GetAccountSummary"] = AccountOperations.GetAccountSummary,
            ["GetAccountAuthorizationDetails"] = AuthorizationDetailsOperation.GetAccountAuthorizationDetails,
            ["SimulateCustomPolicy"] = SimulationOperations.SimulateCustomPolicy,
            ["SimulatePrincipalPolicy"] = SimulationOperations.SimulatePrincipalPolicy,
        },
        .. TagOperations.All,
        .. HeldPolicyOperations.Of(EntityKind.Role), .. HeldPolicyOperations.Of(EntityKind.User), .. HeldPolicyOperations.Of(EntityKind.Group),
        .. HeldPolicyOperations.BoundariesOf(EntityKind.Role), .. HeldPolicyOperations.BoundariesOf(EntityKind.User),
    ]);
}
