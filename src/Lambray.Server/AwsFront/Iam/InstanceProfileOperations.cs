using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreateInstanceProfile, GetInstanceProfile, ListInstanceProfiles, ListInstanceProfilesForRole, AddRoleToInstanceProfile, RemoveRoleFromInstanceProfile, DeleteInstanceProfile.</summary>
static class InstanceProfileOperations
{
    public static async Task CreateInstanceProfile(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var profile = await Profiles(http).Create(request.Get("InstanceProfileName"), request.Find("Path") ?? "/", TagOperations.TagsOf(request));
        await IamDoor.Service.WriteAnswer(http, IamXml.InstanceProfile("InstanceProfile", profile));
    }

    public static Task GetInstanceProfile(HttpContext http) =>
        IamDoor.Service.WriteAnswer(http, IamXml.InstanceProfile("InstanceProfile", Profiles(http).Get(http.GetQueryRequest().Get("InstanceProfileName"))));

    public static Task ListInstanceProfiles(HttpContext http) => List(http, Profiles(http).List(http.GetQueryRequest().Find("PathPrefix") ?? "/"));

    public static Task ListInstanceProfilesForRole(HttpContext http) => List(http, Profiles(http).ListOfRole(http.GetQueryRequest().Get("RoleName")));

    public static Task AddRoleToInstanceProfile(HttpContext http) =>
        Change(http, request => Profiles(http).AddRole(request.Get("InstanceProfileName"), request.Get("RoleName")));

    public static Task RemoveRoleFromInstanceProfile(HttpContext http) =>
        Change(http, request => Profiles(http).RemoveRole(request.Get("InstanceProfileName"), request.Get("RoleName")));

    public static Task DeleteInstanceProfile(HttpContext http) => Change(http, request => Profiles(http).Delete(request.Get("InstanceProfileName")));

    static Task List(HttpContext http, IReadOnlyList<InstanceProfile> profiles) => IamDoor.Service.WriteAnswer(
        http, QueryPage.Of(http.GetQueryRequest(), "InstanceProfiles", profiles, profile => profile.Name, profile => IamXml.InstanceProfile("member", profile)));

    static async Task Change(HttpContext http, Func<QueryRequest, Task> change)
    {
        await change(http.GetQueryRequest());
        await IamDoor.Service.WriteAnswer(http);
    }

    static InstanceProfiles Profiles(HttpContext http) => http.RequestServices.GetRequiredService<InstanceProfiles>();
}
