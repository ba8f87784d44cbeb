using System.Globalization;
using System.Xml.Linq;
using Lambray.Resources.Iam;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>Roles, users, groups and policies as IAM writes them.</summary>
static class IamXml
{
    public static XElement Role(string name, Role role, bool withTags)
    {
        var element = new XElement(
            name,
            new XElement("Path", role.Path), new XElement("RoleName", role.RoleName), new XElement("RoleId", role.RoleId),
            new XElement("Arn", role.Arn.ToString()), new XElement("CreateDate", Date(role.CreateDate)),
            new XElement("AssumeRolePolicyDocument", Document(role.TrustPolicy)));
        if (role.Description is not null) element.Add(new XElement("Description", role.Description));
        element.Add(new XElement("MaxSessionDuration", (int)role.MaxSessionDuration.TotalSeconds));
        if (withTags) AddBoundaryAndTags(element, role.Boundary, role.Tags);
        return element;
    }

    public static XElement User(string name, User user, bool withTags)
    {
        var element = new XElement(
            name,
            new XElement("Path", user.Path), new XElement("UserName", user.UserName), new XElement("UserId", user.UserId),
            new XElement("Arn", user.Arn.ToString()), new XElement("CreateDate", Date(user.CreateDate)));
        if (withTags) AddBoundaryAndTags(element, user.Boundary, user.Tags);
        return element;
    }

    /// <summary>The account's root, where a user is asked for: it has no name and no path.</summary>
    public static XElement RootUser(CallerIdentity root) => new(
        "User", new XElement("UserId", root.UserId), new XElement("Arn", root.Arn.ToString()), new XElement("CreateDate", Date(DateTimeOffset.UnixEpoch)));

    public static XElement Group(string name, Group group) => new(
        name,
        new XElement("Path", group.Path), new XElement("GroupName", group.GroupName), new XElement("GroupId", group.GroupId),
        new XElement("Arn", group.Arn.ToString()), new XElement("CreateDate", Date(group.CreateDate)));

    public static XElement InstanceProfile(string name, InstanceProfile profile)
    {
        var element = new XElement(
            name,
            new XElement("Path", profile.Path), new XElement("InstanceProfileName", profile.Name), new XElement("InstanceProfileId", profile.Id),
            new XElement("Arn", profile.Arn.ToString()), new XElement("CreateDate", Date(profile.CreateDate)),
            new XElement("Roles", profile.Role is { } role ? Role("member", role, withTags: false) : null));
        AddBoundaryAndTags(element, null, profile.Tags);
        return element;
    }

    public static XElement Policy(string name, ManagedPolicy policy, long attachments, long bounded)
    {
        var element = new XElement(
            name,
            new XElement("PolicyName", policy.PolicyName), new XElement("PolicyId", policy.PolicyId), new XElement("Arn", policy.Arn.ToString()),
            new XElement("Path", policy.Path), new XElement("DefaultVersionId", $"v{policy.DefaultVersion}"),
            new XElement("AttachmentCount", attachments), new XElement("PermissionsBoundaryUsageCount", bounded), new XElement("IsAttachable", true));
        if (policy.Description is not null) element.Add(new XElement("Description", policy.Description));
        element.Add(new XElement("CreateDate", Date(policy.CreateDate)), new XElement("UpdateDate", Date(policy.UpdateDate)));
        AddBoundaryAndTags(element, null, policy.Tags);
        return element;
    }

    public static XElement Version(string name, PolicyVersion version, bool withDocument)
    {
        var element = new XElement(name);
        if (withDocument) element.Add(new XElement("Document", Document(version.Document)));
        element.Add(new XElement("VersionId", version.Id), new XElement("IsDefaultVersion", version.IsDefault), new XElement("CreateDate", Date(version.CreateDate)));
        return element;
    }

    public static XElement Attached(ManagedPolicy policy) =>
        new("member", new XElement("PolicyName", policy.PolicyName), new XElement("PolicyArn", policy.Arn.ToString()));

    /// <summary>Tells the unique id behind a name.</summary>
    public static Func<PolicyHolder, string> Identifier(IServiceProvider services) => holder => holder.Kind switch
    {
        EntityKind.Role => services.GetRequiredService<IamDirectory>().GetRole(holder.Name).RoleId,
        EntityKind.User => services.GetRequiredService<UserDirectory>().GetUser(holder.Name).UserId,
        _ => services.GetRequiredService<UserDirectory>().GetGroup(holder.Name).Group.GroupId,
    };

    /// <summary>IAM escapes documents as in a URL (RFC 3986); clients undo that.</summary>
    public static string Document(string json) => Uri.EscapeDataString(json);

    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static void AddBoundaryAndTags(XElement element, string? boundary, IReadOnlyList<Tag> tags)
    {
        if (boundary is not null)
            element.Add(new XElement("PermissionsBoundary", new XElement("PermissionsBoundaryType", "Policy"), new XElement("PermissionsBoundaryArn", boundary)));
        if (tags.Count > 0)
            element.Add(new XElement("Tags", tags.Select(tag => (object)new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value))).ToArray()));
    }
}
