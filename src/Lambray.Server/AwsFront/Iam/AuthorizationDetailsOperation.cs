using System.Xml.Linq;
using Lambray.Resources.Iam;
using Lambray.Server.AwsFront.Query;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>GetAccountAuthorizationDetails: users, groups, roles and policies with all that hangs on them, in one list of pages.</summary>
static class AuthorizationDetailsOperation
{
    public static Task GetAccountAuthorizationDetails(HttpContext http)
    {
        var request = http.GetQueryRequest();
        var kinds = request.Members("Filter").ToHashSet();
        var details = new Details(http.RequestServices);
        (string List, string Key, Func<XElement> Member)[] all =
        [
            .. details.Users(), .. details.Groups(), .. details.Roles(),
            .. details.Policies(kinds.Count == 0 || kinds.Contains("AWSManagedPolicy"), kinds.Count == 0 || kinds.Contains("LocalManagedPolicy")),
        ];
        var listed = all.Where(entry => kinds.Count == 0 || entry.List == "Policies" || kinds.Contains(entry.List[..^"DetailList".Length])).ToArray();
        var page = QueryPage.Of(request, "All", listed, entry => entry.Key, entry => new XElement(entry.List, entry.Member()));
        var lists = from list in (string[])["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]
                    select new XElement(list, page[0].Elements(list).Elements().Cast<object>().ToArray());
        return IamDoor.Service.WriteAnswer(http, [.. lists, .. page[1..]]);
    }

    sealed class Details(IServiceProvider services)
    {
        readonly HeldPolicies held = services.GetRequiredService<HeldPolicies>();
        readonly UserDirectory users = services.GetRequiredService<UserDirectory>();
        readonly ManagedPolicies policies = services.GetRequiredService<ManagedPolicies>();
        readonly InstanceProfiles profiles = services.GetRequiredService<InstanceProfiles>();

        public IEnumerable<(string, string, Func<XElement>)> Users() => users.ListUsers().Select(user => ("UserDetailList", $"user/{user.UserName}", Lazily(() =>
        {
            var member = IamXml.User("member", users.GetUser(user.UserName), withTags: true);
            member.Add(new XElement("GroupList", Members(users.ListGroupsOf(user.UserName), group => group.GroupName)), Inline("UserPolicyList", PolicyHolder.User(user.UserName)), Attached(PolicyHolder.User(user.UserName)));
            return member;
        })));

        public IEnumerable<(string, string, Func<XElement>)> Groups() => users.ListGroups().Select(group => ("GroupDetailList", $"group/{group.GroupName}", Lazily(() =>
        {
            var member = IamXml.Group("member", group);
            member.Add(Inline("GroupPolicyList", PolicyHolder.Group(group.GroupName)), Attached(PolicyHolder.Group(group.GroupName)));
            return member;
        })));

        public IEnumerable<(string, string, Func<XElement>)> Roles() => services.GetRequiredService<IamDirectory>().ListRoles().Select(role => ("RoleDetailList", $"role/{role.RoleName}", Lazily(() =>
        {
            var member = IamXml.Role("member", role, withTags: true);
            member.Add(
                new XElement("InstanceProfileList", profiles.ListOfRole(role.RoleName).Select(profile => (object)IamXml.InstanceProfile("member", profile)).ToArray()),
                Inline("RolePolicyList", PolicyHolder.Role(role.RoleName)), Attached(PolicyHolder.Role(role.RoleName)));
            return member;
        })));

        public IEnumerable<(string, string, Func<XElement>)> Policies(bool ofAws, bool ofAccount)
        {
            var (attachments, bounded) = (policies.CountAttachments(), policies.CountBoundaries());
            // Of AWS's own, those that somebody has.
            return policies.ListPolicies()
                .Where(policy => policy.IsAwsManaged ? ofAws && attachments.ContainsKey(policy.Arn.ToString()) : ofAccount)
                .Select(policy => ("Policies", policy.Arn.ToString(), Lazily(() =>
                {
                    var member = IamXml.Policy("member", policy, attachments.GetValueOrDefault(policy.Arn.ToString()), bounded.GetValueOrDefault(policy.Arn.ToString()));
                    member.Add(new XElement(
                        "PolicyVersionList", policies.ListVersions(policy.Arn.ToString()).Select(version => (object)IamXml.Version("member", version, withDocument: true)).ToArray()));
                    return member;
                })));
        }

        XElement Inline(string list, PolicyHolder holder) => new(list, held.ListInline(holder).Select(policy => (object)new XElement(
            "member", new XElement("PolicyName", policy.Name), new XElement("PolicyDocument", IamXml.Document(policy.Document)))).ToArray());

        XElement Attached(PolicyHolder holder) => new("AttachedManagedPolicies", held.ListAttached(holder).Select(policy => (object)IamXml.Attached(policy)).ToArray());

        static object[] Members<T>(IEnumerable<T> all, Func<T, string> text) => [.. all.Select(one => (object)new XElement("member", text(one)))];

        static Func<XElement> Lazily(Func<XElement> write) => write;
    }
}
