using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreatePolicy, GetPolicy, GetPolicyVersion, ListPolicies, DeletePolicy.</summary>
static class PolicyOperations
{
    public static async Task CreatePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var policy = await Policies(http).CreatePolicy(
            request.Get("PolicyName"), request.Get("PolicyDocument"), request.Find("Path") ?? "/", request.Find("Description"));
        await IamDoor.Service.WriteAnswer(http, IamXml.Policy("Policy", policy, attachments: 0));
    }

    public static Task GetPolicy(HttpContext http)
    {
        var policies = Policies(http);
        var policy = policies.GetPolicy(http.GetQueryRequest().Get("PolicyArn"));
        return IamDoor.Service.WriteAnswer(http, IamXml.Policy("Policy", policy, policies.CountAttachments(policy.Arn.ToString())));
    }

    public static Task GetPolicyVersion(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var (arn, version) = (request.Get("PolicyArn"), request.Get("VersionId"));
        var policy = Policies(http).GetPolicy(arn);
        if (version != ManagedPolicy.DefaultVersionId)
            throw new AwsException("NoSuchEntity", 404, $"Policy {arn} version {version} does not exist or is not attachable.");
        return IamDoor.Service.WriteAnswer(http, new XElement(
            "PolicyVersion",
            new XElement("Document", IamXml.Document(policy.Document)), new XElement("VersionId", version),
            new XElement("IsDefaultVersion", true), new XElement("CreateDate", IamXml.Date(policy.CreateDate))));
    }

    public static Task ListPolicies(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var policies = Policies(http);
        var (prefix, scope, onlyAttached) = (request.Find("PathPrefix") ?? "/", request.Find("Scope") ?? "All", request.Find("OnlyAttached") == "true");
        var listed = policies.ListPolicies()
            .Where(policy => policy.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Where(policy => scope == "All" || policy.IsAwsManaged == (scope == "AWS"))
            .Select(policy => (Policy: policy, Attachments: policies.CountAttachments(policy.Arn.ToString())))
            .Where(entry => entry.Attachments > 0 || !onlyAttached)
            .OrderBy(entry => entry.Policy.Arn.ToString(), StringComparer.Ordinal).ToList();
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(
            request, "Policies", listed, entry => entry.Policy.Arn.ToString(), entry => IamXml.Policy("member", entry.Policy, entry.Attachments)));
    }

    public static async Task DeletePolicy(HttpContext http)
    {
        await Policies(http).DeletePolicy(http.GetQueryRequest().Get("PolicyArn"));
        await IamDoor.Service.WriteAnswer(http);
    }

    static ManagedPolicies Policies(HttpContext http) => http.RequestServices.GetRequiredService<ManagedPolicies>();
}
