using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreatePolicyVersion, GetPolicyVersion, ListPolicyVersions, SetDefaultPolicyVersion, DeletePolicyVersion.</summary>
static class PolicyVersionOperations
{
    public static async Task CreatePolicyVersion(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var version = await Policies(http).CreateVersion(request.Get("PolicyArn"), request.Get("PolicyDocument"), request.IsTrue("SetAsDefault"));
        await IamDoor.Service.WriteAnswer(http, IamXml.Version("PolicyVersion", version, withDocument: false));
    }

    public static Task GetPolicyVersion(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var version = Policies(http).GetVersion(request.Get("PolicyArn"), request.Get("VersionId"));
        return IamDoor.Service.WriteAnswer(http, IamXml.Version("PolicyVersion", version, withDocument: true));
    }

    public static Task ListPolicyVersions(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var versions = Policies(http).ListVersions(request.Get("PolicyArn"));
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(
            request, "Versions", versions, version => version.Id, version => IamXml.Version("member", version, withDocument: false)));
    }

    public static async Task SetDefaultPolicyVersion(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Policies(http).SetDefaultVersion(request.Get("PolicyArn"), request.Get("VersionId"));
        await IamDoor.Service.WriteAnswer(http);
    }

    public static async Task DeletePolicyVersion(HttpContext http)
    {
        var request = http.GetQueryRequest();
        await Policies(http).DeleteVersion(request.Get("PolicyArn"), request.Get("VersionId"));
        await IamDoor.Service.WriteAnswer(http);
    }

    static ManagedPolicies Policies(HttpContext http) => http.RequestServices.GetRequiredService<ManagedPolicies>();
}
