using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreateGroup, GetGroup, ListGroups, ListGroupsForUser, UpdateGroup, DeleteGroup, AddUserToGroup, RemoveUserFromGroup.</summary>
static class GroupOperations
{
    public static async Task CreateGroup(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await IamDoor.Service.WriteAnswer(http, IamXml.Group("Group", await Users(http).CreateGroup(request.Get("GroupName"), request.Find("Path") ?? "/")));
    }

    public static Task GetGroup(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var (group, members) = Users(http).GetGroup(request.Get("GroupName"));
        return IamDoor.Service.WriteAnswer(
            http, [IamXml.Group("Group", group), .. QueryPage.Of(request, "Users", members, user => user.UserName, user => IamXml.User("member", user, withTags: false))]);
    }

    public static Task ListGroups(HttpContext http) => List(http, Users(http).ListGroups(http.GetQueryRequest().Find("PathPrefix") ?? "/"));

    public static Task ListGroupsForUser(HttpContext http) => List(http, Users(http).ListGroupsOf(http.GetQueryRequest().Get("UserName")));

    public static Task UpdateGroup(HttpContext http) =>
        Change(http, request => Users(http).UpdateGroup(request.Get("GroupName"), request.Find("NewGroupName"), request.Find("NewPath")));

    public static Task DeleteGroup(HttpContext http) => Change(http, request => Users(http).DeleteGroup(request.Get("GroupName")));

    public static Task AddUserToGroup(HttpContext http) => Change(http, request => Users(http).AddUserToGroup(request.Get("GroupName"), request.Get("UserName")));

    public static Task RemoveUserFromGroup(HttpContext http) => Change(http, request => Users(http).RemoveUserFromGroup(request.Get("GroupName"), request.Get("UserName")));

    static Task List(HttpContext http, IReadOnlyList<Group> groups) => IamDoor.Service.WriteAnswer(
        http, QueryPage.Of(http.GetQueryRequest(), "Groups", groups, group => group.GroupName, group => IamXml.Group("member", group)));

    static async Task Change(HttpContext http, Func<QueryRequest, Task> change)
    {
        await change(http.GetQueryRequest());
        await IamDoor.Service.WriteAnswer(http);
    }

    static UserDirectory Users(HttpContext http) => http.RequestServices.GetRequiredService<UserDirectory>();
}
