using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>The operations on the policies of a role, a user and a group, which differ in nothing but its name: PutRolePolicy, PutUserPolicy, PutGroupPolicy, …</summary>
static class HeldPolicyOperations
{
    public static IEnumerable<KeyValuePair<string, RequestDelegate>> Of(EntityKind kind) =>
    [
        new($"Put{kind}Policy", http => Change(http, kind, (policies, holder, request) => policies.PutInline(holder, request.Get("PolicyName"), request.Get("PolicyDocument")))),
        new($"Get{kind}Policy", http => GetInline(http, kind)),
        new($"List{kind}Policies", http => ListInline(http, kind)),
        new($"Delete{kind}Policy", http => Change(http, kind, (policies, holder, request) => policies.DeleteInline(holder, request.Get("PolicyName")))),
        new($"Attach{kind}Policy", http => Change(http, kind, (policies, holder, request) => policies.Attach(holder, request.Get("PolicyArn")))),
        new($"Detach{kind}Policy", http => Change(http, kind, (policies, holder, request) => policies.Detach(holder, request.Get("PolicyArn")))),
        new($"ListAttached{kind}Policies", http => ListAttached(http, kind)),
    ];

    /// <summary>Roles and users can also be bounded.</summary>
    public static IEnumerable<KeyValuePair<string, RequestDelegate>> BoundariesOf(EntityKind kind) =>
    [
        new($"Put{kind}PermissionsBoundary", http => Change(http, kind, (policies, holder, request) => policies.SetBoundary(holder, request.Get("PermissionsBoundary")))),
        new($"Delete{kind}PermissionsBoundary", http => Change(http, kind, (policies, holder, _) => policies.SetBoundary(holder, null))),
    ];

    static async Task Change(HttpContext http, EntityKind kind, Func<HeldPolicies, PolicyHolder, QueryRequest, Task> change)
    {
        var request = http.GetQueryRequest();
        await change(Policies(http), Holder(request, kind), request);
        await IamDoor.Service.WriteAnswer(http);
    }

    static Task GetInline(HttpContext http, EntityKind kind)
    {
        var request = http.GetQueryRequest();
        var (holder, policy) = (Holder(request, kind), request.Get("PolicyName"));
        var document = Policies(http).GetInline(holder, policy);
        return IamDoor.Service.WriteAnswer(
            http, new XElement($"{kind}Name", holder.Name), new XElement("PolicyName", policy), new XElement("PolicyDocument", IamXml.Document(document)));
    }

    static Task ListInline(HttpContext http, EntityKind kind)
    {
        var request = http.GetQueryRequest();
        var policies = Policies(http).ListInline(Holder(request, kind));
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "PolicyNames", policies, policy => policy.Name, policy => new XElement("member", policy.Name)));
    }

    static Task ListAttached(HttpContext http, EntityKind kind)
    {
        var request = http.GetQueryRequest();
        var prefix = request.Find("PathPrefix") ?? "/";
        var policies = Policies(http).ListAttached(Holder(request, kind)).Where(policy => policy.Path.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "AttachedPolicies", policies, policy => policy.Arn.ToString(), IamXml.Attached));
    }

    static PolicyHolder Holder(QueryRequest request, EntityKind kind) => new(kind, request.Get($"{kind}Name"));

    static HeldPolicies Policies(HttpContext http) => http.RequestServices.GetRequiredService<HeldPolicies>();
}
