using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreateRole, GetRole, ListRoles, DeleteRole.</summary>
static class RoleOperations
{
    public static async Task CreateRole(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var role = await Directory(http).CreateRole(new RoleRequest(request.Get("RoleName"), request.Get("AssumeRolePolicyDocument"))
        {
            Path = request.Find("Path") ?? "/",
            Description = request.Find("Description"),
            MaxSessionDuration = TimeSpan.FromSeconds(request.FindNumber("MaxSessionDuration") ?? 3600),
            Tags = [.. request.Pairs("Tags", "Key", "Value").Select(pair => new Tag(pair.First, pair.Second))],
        });
        await IamDoor.Service.WriteAnswer(http, IamXml.Role("Role", role, withTags: true));
    }

    public static Task GetRole(HttpContext http) =>
        IamDoor.Service.WriteAnswer(http, IamXml.Role("Role", Directory(http).GetRole(http.GetQueryRequest().Get("RoleName")), withTags: true));

    public static Task ListRoles(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var roles = Directory(http).ListRoles(request.Find("PathPrefix") ?? "/");
        return IamDoor.Service.WriteAnswer(
            http, QueryPage.Of(request, "Roles", roles, role => role.RoleName, role => IamXml.Role("member", role, withTags: false)));
    }

    public static async Task DeleteRole(HttpContext http)
    {
        await Directory(http).DeleteRole(http.GetQueryRequest().Get("RoleName"));
        await IamDoor.Service.WriteAnswer(http);
    }

    static IamDirectory Directory(HttpContext http) => http.RequestServices.GetRequiredService<IamDirectory>();
}
