using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>CreatePolicy, GetPolicy, ListPolicies, ListEntitiesForPolicy, DeletePolicy.</summary>
static class PolicyOperations
{
    public static async Task CreatePolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var policy = await Policies(http).CreatePolicy(
            request.Get("PolicyName"), request.Get("PolicyDocument"), request.Find("Path") ?? "/", request.Find("Description"), TagOperations.TagsOf(request));
        await IamDoor.Service.WriteAnswer(http, IamXml.Policy("Policy", policy, attachments: 0, bounded: 0));
    }

    public static Task GetPolicy(HttpContext http)
    {
        var policies = Policies(http);
        var policy = policies.GetPolicy(http.GetQueryRequest().Get("PolicyArn"));
        return IamDoor.Service.WriteAnswer(http, IamXml.Policy(
            "Policy", policy, policies.CountAttachments().GetValueOrDefault(policy.Arn.ToString()), policies.CountBoundaries().GetValueOrDefault(policy.Arn.ToString())));
    }

    public static Task ListPolicies(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var policies = Policies(http);
        var (attachments, bounded) = (policies.CountAttachments(), policies.CountBoundaries());
        var (prefix, scope, usage) = (request.Find("PathPrefix") ?? "/", request.Find("Scope") ?? "All", request.Find("PolicyUsageFilter"));
        var used = usage == "PermissionsBoundary" ? bounded : attachments;
        var listed = policies.ListPolicies()
            .Where(policy => policy.Path.StartsWith(prefix, StringComparison.Ordinal))
            .Where(policy => scope == "All" || policy.IsAwsManaged == (scope == "AWS"))
            .Where(policy => used.ContainsKey(policy.Arn.ToString()) || (usage is null && !request.IsTrue("OnlyAttached")))
            .OrderBy(policy => policy.Arn.ToString(), StringComparer.Ordinal).ToList();
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "Policies", listed, policy => policy.Arn.ToString(), policy => IamXml.Policy(
            "member", policy, attachments.GetValueOrDefault(policy.Arn.ToString()), bounded.GetValueOrDefault(policy.Arn.ToString()))));
    }

    public static Task ListEntitiesForPolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var arn = request.Get("PolicyArn");
        var holders = request.Find("PolicyUsageFilter") == "PermissionsBoundary" ? Policies(http).ListBounded(arn) : Policies(http).ListHolders(arn);
        var wanted = request.Find("EntityFilter");
        var listed = holders.Where(holder => wanted is null || wanted == holder.Kind.ToString()).ToArray();
        var identify = IamXml.Identifier(http.RequestServices);
        // Three lists make one page: the first holds its place, and is then parted by kind.
        var page = QueryPage.Of(request, "All", listed, holder => $"{holder.Kind}/{holder.Name}", holder => new XElement(
            $"Policy{holder.Kind}s", new XElement("member", new XElement($"{holder.Kind}Name", holder.Name), new XElement($"{holder.Kind}Id", identify(holder)))));
        var lists = from kind in (string[])["PolicyGroups", "PolicyUsers", "PolicyRoles"]
                    select new XElement(kind, page[0].Elements(kind).Elements().Cast<object>().ToArray());
        return IamDoor.Service.WriteAnswer(http, [.. lists, .. page[1..]]);
    }

    public static async Task DeletePolicy(HttpContext http)
    {
        await Policies(http).DeletePolicy(http.GetQueryRequest().Get("PolicyArn"));
        await IamDoor.Service.WriteAnswer(http);
    }

    static ManagedPolicies Policies(HttpContext http) => http.RequestServices.GetRequiredService<ManagedPolicies>();
}
