using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>PutRolePolicy, GetRolePolicy, ListRolePolicies, DeleteRolePolicy.</summary>
static class InlinePolicyOperations
{
    public static async Task PutRolePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Directory(http).PutRolePolicy(request.Get("RoleName"), request.Get("PolicyName"), request.Get("PolicyDocument"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static Task GetRolePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var (role, policy) = (request.Get("RoleName"), request.Get("PolicyName"));
        var document = Directory(http).GetRolePolicy(role, policy);
        return IamDoor.Service.WriteAnswer(
            http, new XElement("RoleName", role), new XElement("PolicyName", policy), new XElement("PolicyDocument", IamXml.Document(document)));
    }

    public static Task ListRolePolicies(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var names = Directory(http).ListRolePolicies(request.Get("RoleName"));
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "PolicyNames", names, name => name, name => new XElement("member", name)));
    }

    public static async Task DeleteRolePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Directory(http).DeleteRolePolicy(request.Get("RoleName"), request.Get("PolicyName"));
        await IamDoor.Service.WriteAnswer(http);
    }

    static IamDirectory Directory(HttpContext http) => http.RequestServices.GetRequiredService<IamDirectory>();
}
