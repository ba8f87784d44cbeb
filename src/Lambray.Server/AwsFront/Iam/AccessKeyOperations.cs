using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreateAccessKey, ListAccessKeys, UpdateAccessKey, DeleteAccessKey, GetAccessKeyLastUsed.</summary>
static class AccessKeyOperations
{
    public static async Task CreateAccessKey(HttpContext http)
    {
        var key = await Keys(http).Create(UserName(http));
        await IamDoor.Service.WriteAnswer(http, new XElement(
            "AccessKey",
            new XElement("UserName", key.UserName), new XElement("AccessKeyId", key.Id), new XElement("Status", Status(key)),
            // The only time that it is told.
            new XElement("SecretAccessKey", key.SecretAccessKey), new XElement("CreateDate", IamXml.Date(key.CreateDate))));
    }

    public static Task ListAccessKeys(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var keys = Keys(http).List(UserName(http));
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "AccessKeyMetadata", keys, key => key.Id, key => new XElement(
            "member",
            new XElement("UserName", key.UserName), new XElement("AccessKeyId", key.Id), new XElement("Status", Status(key)), new XElement("CreateDate", IamXml.Date(key.CreateDate)))));
    }

    public static async Task UpdateAccessKey(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var isActive = request.Get("Status") switch
        {
            "Active" => true,
            "Inactive" => false,
            var other => throw new AwsException("ValidationError", 400,
                $"1 validation error detected: Value '{other}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Expired, Active, Inactive]"),
        };
        await Keys(http).SetActive(request.Find("UserName"), request.Get("AccessKeyId"), isActive);
        await IamDoor.Service.WriteAnswer(http);
    }

    public static async Task DeleteAccessKey(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Keys(http).Delete(request.Find("UserName"), request.Get("AccessKeyId"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static Task GetAccessKeyLastUsed(HttpContext http)
    {
        var key = Keys(http).Get(http.GetQueryRequest().Get("AccessKeyId"));
        var used = new XElement("AccessKeyLastUsed", new XElement("Region", key.LastUse?.Region ?? "N/A"), new XElement("ServiceName", key.LastUse?.Service ?? "N/A"));
        if (key.LastUse is { } use) used.Add(new XElement("LastUsedDate", IamXml.Date(use.Time)));
        return IamDoor.Service.WriteAnswer(http, new XElement("UserName", key.UserName), used);
    }

    static string Status(AccessKey key) => key.IsActive ? "Active" : "Inactive";

    static string UserName(HttpContext http) => http.GetQueryRequest().Find("UserName") ?? UserOperations.CallerName(http);

    static AccessKeys Keys(HttpContext http) => http.RequestServices.GetRequiredService<AccessKeys>();
}
