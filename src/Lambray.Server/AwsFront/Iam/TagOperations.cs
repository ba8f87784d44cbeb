using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>TagRole, UntagRole, ListRoleTags, and the same for users, policies and instance profiles.</summary>
static class TagOperations
{
    public static readonly IReadOnlyDictionary<string, RequestDelegate> All = new Dictionary<string, RequestDelegate>
    {
        ["TagRole"] = http => Change(http, request => Roles(http).TagRole(request.Get("RoleName"), TagsOf(request))),
        ["UntagRole"] = http => Change(http, request => Roles(http).UntagRole(request.Get("RoleName"), KeysOf(request))),
        ["ListRoleTags"] = http => List(http, request => Roles(http).GetRole(request.Get("RoleName")).Tags),
        ["TagUser"] = http => Change(http, request => Users(http).TagUser(request.Get("UserName"), TagsOf(request))),
        ["UntagUser"] = http => Change(http, request => Users(http).UntagUser(request.Get("UserName"), KeysOf(request))),
        ["ListUserTags"] = http => List(http, request => Users(http).GetUser(request.Get("UserName")).Tags),
        ["TagPolicy"] = http => Change(http, request => Policies(http).Tag(request.Get("PolicyArn"), TagsOf(request))),
        ["UntagPolicy"] = http => Change(http, request => Policies(http).Untag(request.Get("PolicyArn"), KeysOf(request))),
        ["ListPolicyTags"] = http => List(http, request => Policies(http).GetPolicy(request.Get("PolicyArn")).Tags),
        ["TagInstanceProfile"] = http => Change(http, request => Profiles(http).Tag(request.Get("InstanceProfileName"), TagsOf(request))),
        ["UntagInstanceProfile"] = http => Change(http, request => Profiles(http).Untag(request.Get("InstanceProfileName"), KeysOf(request))),
        ["ListInstanceProfileTags"] = http => List(http, request => Profiles(http).Get(request.Get("InstanceProfileName")).Tags),
    };

    public static Tag[] TagsOf(QueryRequest request) => [.. request.Pairs("Tags", "Key", "Value").Select(pair => new Tag(pair.First, pair.Second))];

    static string[] KeysOf(QueryRequest request) => [.. request.Members("TagKeys")];

    static async Task Change(HttpContext http, Func<QueryRequest, Task> change)
    {
        await change(http.GetQueryRequest());
        await IamDoor.Service.WriteAnswer(http);
    }

    static Task List(HttpContext http, Func<QueryRequest, IReadOnlyList<Tag>> find)
    {
        var request = http.GetQueryRequest();
        var tags = find(request).OrderBy(tag => tag.Key, StringComparer.Ordinal).ToArray();
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(
            request, "Tags", tags, tag => tag.Key, tag => new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value))));
    }

    static IamDirectory Roles(HttpContext http) => http.RequestServices.GetRequiredService<IamDirectory>();

    static UserDirectory Users(HttpContext http) => http.RequestServices.GetRequiredService<UserDirectory>();

    static ManagedPolicies Policies(HttpContext http) => http.RequestServices.GetRequiredService<ManagedPolicies>();

    static InstanceProfiles Profiles(HttpContext http) => http.RequestServices.GetRequiredService<InstanceProfiles>();
}
