using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>The door of IAM: roles and policies over the query protocol.</summary>
public static class IamDoor
{
    internal static readonly QueryService Service = new("IAM", "https://iam.amazonaws.com/doc/2010-05-08/", new Dictionary<string, RequestDelegate>
    {
        ["CreateRole"] = RoleOperations.CreateRole,
        ["GetRole"] = RoleOperations.GetRole,
        ["ListRoles"] = RoleOperations.ListRoles,
        ["DeleteRole"] = RoleOperations.DeleteRole,
        ["AttachRolePolicy"] = AttachedPolicyOperations.AttachRolePolicy,
        ["DetachRolePolicy"] = AttachedPolicyOperations.DetachRolePolicy,
        ["ListAttachedRolePolicies"] = AttachedPolicyOperations.ListAttachedRolePolicies,
        ["PutRolePolicy"] = InlinePolicyOperations.PutRolePolicy,
        ["GetRolePolicy"] = InlinePolicyOperations.GetRolePolicy,
        ["ListRolePolicies"] = InlinePolicyOperations.ListRolePolicies,
        ["DeleteRolePolicy"] = InlinePolicyOperations.DeleteRolePolicy,
        ["CreatePolicy"] = PolicyOperations.CreatePolicy,
        ["GetPolicy"] = PolicyOperations.GetPolicy,
        ["GetPolicyVersion"] = PolicyOperations.GetPolicyVersion,
        ["ListPolicies"] = PolicyOperations.ListPolicies,
        ["DeletePolicy"] = PolicyOperations.DeletePolicy,
    });

    public static readonly ServiceFront Front =
        new(AwsService.Iam, routes => routes.MapIam(), Service.WriteError, QueryService.RequestBytesMax, OperationOf: _ => null)
        {
            Downstream = QueryService.DownstreamForm("IAM"),
        };

    public static void MapIam(this IEndpointRouteBuilder routes) => routes.Map("/", Service.Serve);
}
