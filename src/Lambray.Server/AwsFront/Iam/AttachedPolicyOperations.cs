using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies.</summary>
static class AttachedPolicyOperations
{
    public static async Task AttachRolePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Directory(http).AttachRolePolicy(request.Get("RoleName"), request.Get("PolicyArn"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static async Task DetachRolePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Directory(http).DetachRolePolicy(request.Get("RoleName"), request.Get("PolicyArn"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static Task ListAttachedRolePolicies(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var prefix = request.Find("PathPrefix") ?? "/";
        var policies = Directory(http).ListAttachedRolePolicies(request.Get("RoleName"))
            .Where(policy => policy.Path.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "AttachedPolicies", policies, policy => policy.Arn.ToString(), Attached));
    }

    static XElement Attached(ManagedPolicy policy) =>
        new("member", new XElement("PolicyName", policy.PolicyName), new XElement("PolicyArn", policy.Arn.ToString()));

    static IamDirectory Directory(HttpContext http) => http.RequestServices.GetRequiredService<IamDirectory>();
}
