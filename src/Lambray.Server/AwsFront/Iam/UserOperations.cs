using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser.</summary>
static class UserOperations
{
    public static async Task CreateUser(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var user = await Users(http).CreateUser(
            request.Get("UserName"), request.Find("Path") ?? "/", request.Find("PermissionsBoundary"), TagOperations.TagsOf(request));
        await IamDoor.Service.WriteAnswer(http, IamXml.User("User", user, withTags: true));
    }

    /// <summary>Without a name, of the caller: a user, or the account's root, which is none and yet is answered.</summary>
    public static Task GetUser(HttpContext http)
    {
        if (http.GetQueryRequest().Find("UserName") is not { } name)
        {
            var caller = AwsCall.Caller(http);
            if (caller.IsRoot) return IamDoor.Service.WriteAnswer(http, IamXml.RootUser(caller));
            name = CallerName(http);
        }
        return IamDoor.Service.WriteAnswer(http, IamXml.User("User", Users(http).GetUser(name), withTags: true));
    }

    public static Task ListUsers(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var users = Users(http).ListUsers(request.Find("PathPrefix") ?? "/");
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "Users", users, user => user.UserName, user => IamXml.User("member", user, withTags: false)));
    }

    public static async Task UpdateUser(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Users(http).UpdateUser(request.Get("UserName"), request.Find("NewUserName"), request.Find("NewPath"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static async Task DeleteUser(HttpContext http)
    {
        await Users(http).DeleteUser(http.GetQueryRequest().Get("UserName"));
        await IamDoor.Service.WriteAnswer(http);
    }

    /// <summary>The user that a request means when it names none.</summary>
    /// <exception cref="AwsException">ValidationError when the caller is no user.</exception>
    public static string CallerName(HttpContext http) => AwsCall.Caller(http).Principal is { Service: "iam" } arn && arn.Resource.StartsWith("user/", StringComparison.Ordinal)
        ? arn.ResourceName
        : throw new AwsException("ValidationError", 400, "Must specify userName when calling with non-User credentials");

    static UserDirectory Users(HttpContext http) => http.RequestServices.GetRequiredService<UserDirectory>();
}
