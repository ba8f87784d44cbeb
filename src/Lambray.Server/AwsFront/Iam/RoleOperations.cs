using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreateRole, GetRole, ListRoles, UpdateRole, UpdateRoleDescription, UpdateAssumeRolePolicy, DeleteRole, and the roles that services ask for.</summary>
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
            Tags = TagOperations.TagsOf(request),
            Boundary = request.Find("PermissionsBoundary"),
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

    public static async Task UpdateRole(HttpContext http)
    {
        var request = http.GetQueryRequest();
        TimeSpan? maxSession = request.FindNumber("MaxSessionDuration") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        await Directory(http).UpdateRole(request.Get("RoleName"), request.Find("Description"), maxSession);
        await IamDoor.Service.WriteEmptyResult(http);
    }

    public static async Task UpdateRoleDescription(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var role = await Directory(http).UpdateRole(request.Get("RoleName"), request.Get("Description"));
        await IamDoor.Service.WriteAnswer(http, IamXml.Role("Role", role, withTags: true));
    }

    public static async Task UpdateAssumeRolePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Directory(http).UpdateRole(request.Get("RoleName"), trustPolicy: request.Get("PolicyDocument"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static async Task DeleteRole(HttpContext http)
    {
        await Directory(http).DeleteRole(http.GetQueryRequest().Get("RoleName"));
        await IamDoor.Service.WriteAnswer(http);
    }

    /// <summary>A role that one service may take; AWS knows its name and policies, which are not published for most: here it has none.</summary>
    public static async Task CreateServiceLinkedRole(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var service = request.Get("AWSServiceName");
        var suffix = request.Find("CustomSuffix") is { } custom ? "_" + custom : "";
        var subject = string.Concat(service.Split('.')[0].Split('-').Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{System.Text.Json.JsonEncodedText.Encode(service)}}"},"Action":"sts:AssumeRole"}]}""";
        var role = await Directory(http).CreateRole(new RoleRequest($"AWSServiceRoleFor{subject}{suffix}", trust)
        {
            Path = $"/aws-service-role/{service}/",
            Description = request.Find("Description"),
        });
        await IamDoor.Service.WriteAnswer(http, IamXml.Role("Role", role, withTags: true));
    }

    public static async Task DeleteServiceLinkedRole(HttpContext http)
    {
        var role = Directory(http).GetRole(http.GetQueryRequest().Get("RoleName"));
        await Directory(http).DeleteRole(role.RoleName);
        // Deleted by the time of the answer; whoever asks for the task's state is told so.
        await IamDoor.Service.WriteAnswer(http, new XElement("DeletionTaskId", $"task{role.Path}{role.RoleName}/{AwsCall.Of(http).RequestId}"));
    }

    public static Task GetServiceLinkedRoleDeletionStatus(HttpContext http)
    {
        var task = http.GetQueryRequest().Get("DeletionTaskId");
        if (!task.StartsWith("task/aws-service-role/", StringComparison.Ordinal)) throw new Aws.AwsException("NoSuchEntity", 404, $"The deletion task {task} cannot be found.");
        return IamDoor.Service.WriteAnswer(http, new XElement("Status", "SUCCEEDED"));
    }

    static IamDirectory Directory(HttpContext http) => http.RequestServices.GetRequiredService<IamDirectory>();
}
