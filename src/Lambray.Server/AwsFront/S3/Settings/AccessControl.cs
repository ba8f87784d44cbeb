using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Settings;

/// <summary>Access control lists: canned ones, grants in headers, and documents ("Access control list (ACL) overview" in the S3 User Guide).</summary>
/// <remarks>They are kept and told; who may do what is decided elsewhere.</remarks>
static class AccessControl
{
    const string CannedHeader = "x-amz-acl";
    const string AllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
    const string AuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    const string LogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";
    static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema-instance";

    static readonly (string Header, string Permission)[] GrantHeaders =
    [
        ("x-amz-grant-full-control", "FULL_CONTROL"), ("x-amz-grant-read", "READ"), ("x-amz-grant-read-acp", "READ_ACP"),
        ("x-amz-grant-write", "WRITE"), ("x-amz-grant-write-acp", "WRITE_ACP"),
    ];

    /// <summary>What the headers of a request say of a new object; null when that is the usual.</summary>
    /// <exception cref="AwsException">InvalidArgument; AccessControlListNotSupported in a bucket without such lists.</exception>
    public static string? Read(HttpContext http, string bucket)
    {
        var grants = ReadHeaders(http);
        if (grants is null) return null;
        // Whether the bucket is there is for the operation to say.
        RequireLists(http, bucket);
        return grants;
    }

    /// <summary>The list in the headers or the body of a Put…Acl.</summary>
    public static async Task<string?> ReadRequest(HttpContext http)
    {
        var bucket = http.GetS3Target().Bucket;
        if (http.Request.Headers.ContainsKey(CannedHeader) || GrantHeaders.Any(grant => http.Request.Headers.ContainsKey(grant.Header)))
        {
            if (ReadHeaders(http) is not { } grants) return null;
            RequireLists(http, bucket);
            return grants;
        }
        var policy = await http.ReadXml("AccessControlPolicy");
        RequireLists(http, bucket);
        return (policy.Child("AccessControlList") ?? throw S3Xml.Malformed()).ToString(SaveOptions.DisableFormatting);
    }

    public static XElement Write(AwsHome home, string? grants) => S3Xml.Element(
        "AccessControlPolicy", S3Xml.Owner(home), grants is null ? List(Grant(Owner(home), "FULL_CONTROL")) : XElement.Parse(grants));

    static string? ReadHeaders(HttpContext http)
    {
        var home = http.Service<AwsHome>();
        var headers = http.Request.Headers;
        var given = GrantHeaders.Where(grant => headers.ContainsKey(grant.Header)).ToList();
        if (headers[CannedHeader].FirstOrDefault() is { } canned)
        {
            if (given.Count > 0) throw S3Errors.InvalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
            return Canned(canned) is { } more ? Text([Grant(Owner(home), "FULL_CONTROL"), .. more.Select(grant => Grant(Group(grant.Group), grant.Permission))]) : null;
        }
        if (given.Count == 0) return null;
        return Text([.. given.SelectMany(grant => headers[grant.Header].ToString().Split(',', StringSplitOptions.TrimEntries).Select(grantee => Grant(Grantee(grantee), grant.Permission)))]);
    }

    /// <returns>Whom it lets do what beside the owner; null for nobody.</returns>
    static (string Group, string Permission)[]? Canned(string name) => name switch
    {
        "private" or "bucket-owner-full-control" or "bucket-owner-read" or "aws-exec-read" => null,
        "public-read" => [(AllUsers, "READ")],
        "public-read-write" => [(AllUsers, "READ"), (AllUsers, "WRITE")],
        "authenticated-read" => [(AuthenticatedUsers, "READ")],
        "log-delivery-write" => [(LogDelivery, "WRITE"), (LogDelivery, "READ_ACP")],
        _ => throw S3Errors.InvalidArgument("Invalid canned ACL"),
    };

    static void RequireLists(HttpContext http, string bucket)
    {
        if (BucketDocuments.Find(http, BucketDocuments.Ownership, bucket)?.Child("Rule")?.Text("ObjectOwnership") == "BucketOwnerEnforced")
            throw new AwsException("AccessControlListNotSupported", 400, "The bucket does not allow ACLs") { Resource = bucket };
    }

    static string Text(IReadOnlyList<XElement> grants) => List([.. grants]).ToString(SaveOptions.DisableFormatting);

    static XElement List(params XElement[] grants) => S3Xml.Element("AccessControlList", [.. grants]);

    static XElement Grant(XElement grantee, string permission) => S3Xml.Element("Grant", grantee, S3Xml.Element("Permission", permission));

    // id="…", uri="…" or emailAddress="…".
    static XElement Grantee(string text)
    {
        var value = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('"');
        return text.Split('=')[0].ToLowerInvariant() switch
        {
            "id" => Typed("CanonicalUser", S3Xml.Element("ID", value)),
            "uri" => Group(value),
            "emailaddress" => Typed("AmazonCustomerByEmail", S3Xml.Element("EmailAddress", value)),
            _ => throw S3Errors.InvalidArgument("Argument format not recognized"),
        };
    }

    static XElement Owner(AwsHome home) => Typed("CanonicalUser", S3Xml.Element("ID", S3Xml.OwnerId(home)));

    static XElement Group(string uri) => Typed("Group", S3Xml.Element("URI", uri));

    static XElement Typed(string type, XElement content) =>
        S3Xml.Element("Grantee", new XAttribute(XNamespace.Xmlns + "xsi", Schema), new XAttribute(Schema + "type", type), content);
}
