using System.Globalization;
using System.Xml.Linq;
using Lambray.Resources.Iam;

namespace Lambray.Server.AwsFront.Iam;

/// <summary>Roles and policies as IAM writes them.</summary>
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
        if (withTags && role.Tags.Count > 0) element.Add(Tags(role.Tags));
        return element;
    }

    public static XElement Policy(string name, ManagedPolicy policy, long attachments)
    {
        var element = new XElement(
            name,
            new XElement("PolicyName", policy.PolicyName), new XElement("PolicyId", policy.PolicyId), new XElement("Arn", policy.Arn.ToString()),
            new XElement("Path", policy.Path), new XElement("DefaultVersionId", ManagedPolicy.DefaultVersionId),
            new XElement("AttachmentCount", attachments), new XElement("PermissionsBoundaryUsageCount", 0), new XElement("IsAttachable", true));
        if (policy.Description is not null) element.Add(new XElement("Description", policy.Description));
        element.Add(new XElement("CreateDate", Date(policy.CreateDate)), new XElement("UpdateDate", Date(policy.CreateDate)));
        return element;
    }

    /// <summary>IAM escapes documents as in a URL (RFC 3986); clients undo that.</summary>
    public static string Document(string json) => Uri.EscapeDataString(json);

    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static XElement Tags(IEnumerable<Tag> tags) =>
        new("Tags", tags.Select(tag => (object)new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value))).ToArray());
}
