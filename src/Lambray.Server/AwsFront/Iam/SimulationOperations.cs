using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.Iam;
using Lambray.Resources.Iam.Policies;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>SimulateCustomPolicy, SimulatePrincipalPolicy: what the policies would say of actions that nobody asks for.</summary>
static class SimulationOperations
{
    public static Task SimulateCustomPolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var caller = request.Find("CallerArn") is { } arn ? CallerOf(http, arn) : null;
        // Whose name does not matter when no policy asks for it.
        return Answer(http, caller ?? CallerIdentity.User(new Arn("aws", "iam", "", "000000000000", "user/simulated"), "simulated"), new PolicySet { Identity = Custom(request) });
    }

    public static Task SimulatePrincipalPolicy(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var caller = CallerOf(http, request.Get("PolicySourceArn"));
        var policies = http.RequestServices.GetRequiredService<IamDirectory>().PoliciesOf(caller);
        return Answer(http, caller, policies with { Identity = [.. policies.Identity, .. Custom(request)] });
    }

    static Task Answer(HttpContext http, CallerIdentity caller, PolicySet policies)
    {
        var request = http.GetQueryRequest();
        if (request.Members("PermissionsBoundaryPolicyInputList").FirstOrDefault() is { } boundary) policies = policies with { Boundary = PolicyDocument.Parse(boundary, PolicyKind.Identity) with { Name = "PermissionsBoundaryPolicyInputList.1" } };
        if (request.Find("ResourcePolicy") is { } resourcePolicy) policies = policies with { Resource = PolicyDocument.Parse(resourcePolicy, PolicyKind.Resource) with { Name = "ResourcePolicy" } };
        var resources = request.Members("ResourceArns").DefaultIfEmpty("*").ToArray();
        var asked =
            from action in request.Members("ActionNames")
            from resource in resources
            select new AccessRequest(caller, action, resource, caller.Describe(Context(request)));
        var list = asked.ToArray();
        if (list.Length == 0) throw new AwsException("ValidationError", 400, "1 validation error detected: Value null at 'actionNames' failed to satisfy constraint: Member must not be null");
        return IamDoor.Service.WriteAnswer(http, QueryPage.Of(request, "EvaluationResults", list, one => $"{one.Action} {one.Resource}", one => Result(one, policies)));
    }

    static XElement Result(AccessRequest request, PolicySet policies)
    {
        var simulation = PolicySimulation.Of(request, policies);
        var result = new XElement(
            "member",
            new XElement("EvalActionName", request.Action), new XElement("EvalResourceName", request.Resource),
            new XElement("EvalDecision", simulation.Decision switch
            {
                AccessDecision.Allowed => "allowed",
                AccessDecision.ExplicitDeny => "explicitDeny",
                _ => "implicitDeny",
            }),
            new XElement("MatchedStatements", simulation.Matched.Select(statement => (object)new XElement(
                "member",
                new XElement("SourcePolicyId", statement.PolicyName), new XElement("SourcePolicyType", statement.PolicyType),
                Position("StartPosition", statement.Start), Position("EndPosition", statement.End))).ToArray()),
            new XElement("MissingContextValues", MissingKeys(request, policies).Select(key => (object)new XElement("member", key)).ToArray()));
        if (simulation.IsWithinBoundary is { } isWithin)
            result.Add(new XElement("PermissionsBoundaryDecisionDetail", new XElement("AllowedByPermissionsBoundary", isWithin)));
        return result;
    }

    static XElement Position(string name, TextPosition position) => new(name, new XElement("Line", position.Line), new XElement("Column", position.Column));

    static IEnumerable<string> MissingKeys(AccessRequest request, PolicySet policies) => policies.Identity.Append(policies.Boundary).Append(policies.Resource).OfType<PolicyDocument>()
        .SelectMany(policy => policy.Statements).SelectMany(statement => statement.Conditions).Select(condition => condition.Key)
        .Where(key => request.Context.Find(key) is null).Distinct(StringComparer.OrdinalIgnoreCase);

    static PolicyDocument[] Custom(QueryRequest request) =>
    [
        .. request.Members("PolicyInputList").Select((json, index) => PolicyDocument.Parse(json, PolicyKind.Identity) with { Name = $"PolicyInputList.{index + 1}" }),
    ];

    static RequestContext Context(QueryRequest request)
    {
        var context = new RequestContext();
        var i = 0;
        foreach (var (key, _) in request.Pairs("ContextEntries", "ContextKeyName", "ContextKeyType"))
            context.Set(key, [.. request.Members($"ContextEntries.member.{++i}.ContextKeyValues")]);
        return context;
    }

    static CallerIdentity CallerOf(HttpContext http, string text)
    {
        var services = http.RequestServices;
        if (!Arn.TryParse(text, out var arn)) throw new AwsException("InvalidInput", 400, $"Invalid Entity Arn: {text}");
        return arn.Resource.Split('/')[0] switch
        {
            "user" => Of(services.GetRequiredService<UserDirectory>().GetUser(arn.ResourceName)),
            "role" => Of(services.GetRequiredService<IamDirectory>().GetRole(arn.ResourceName)),
            "root" => CallerIdentity.Root(services.GetRequiredService<AwsHome>()),
            _ => throw new AwsException("InvalidInput", 400, $"Invalid Entity Arn: {text}"),
        };
    }

    static CallerIdentity Of(User user) => CallerIdentity.User(user.Arn, user.UserId);

    static CallerIdentity Of(Role role) => CallerIdentity.Session(role.Arn, role.RoleId, "simulated");
}
