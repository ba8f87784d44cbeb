using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Settings;
using Lambray.Server.AwsFront.S3.Settings;

namespace Lambray.Server.AwsFront.S3.Buckets;

/// <summary>What CreateBucket sets along with the bucket: who owns its objects, and tags.</summary>
sealed record NewBucketSettings(string? Ownership, ObjectTags Tags)
{
    /// <exception cref="AwsException">InvalidArgument, InvalidTag; InvalidBucketAclWithObjectOwnership for a list in a bucket without lists.</exception>
    public static NewBucketSettings Read(IHeaderDictionary headers, XElement? request)
    {
        var ownership = headers["x-amz-object-ownership"].FirstOrDefault();
        if (ownership is not (null or "BucketOwnerEnforced" or "BucketOwnerPreferred" or "ObjectWriter")) throw S3Errors.InvalidArgument("Invalid x-amz-object-ownership header.");
        if (ownership is null or "BucketOwnerEnforced" && headers["x-amz-acl"].FirstOrDefault() is not (null or "private" or "bucket-owner-full-control"))
            throw new AwsException("InvalidBucketAclWithObjectOwnership", 400, "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
        var tags = request?.Child("Tags")?.Children("Tag").Select(tag => (tag.RequireText("Key"), tag.RequireText("Value"))) ?? [];
        return new NewBucketSettings(ownership, ObjectTags.ForBucket(tags));
    }

    public async Task Put(HttpContext http, string bucket)
    {
        var settings = http.Service<BucketSettings>();
        if (Ownership is not null)
            await settings.Put(bucket, BucketDocuments.Ownership.Subject, Text(S3Xml.Element("OwnershipControls", S3Xml.Element("Rule", S3Xml.Element("ObjectOwnership", Ownership)))));
        if (Tags.Count > 0) await settings.Put(bucket, "tagging", Text(Objects.TaggingOperations.Write(Tags)));
        if (AccessControl.Read(http, bucket) is { } grants) await settings.Put(bucket, AclOperations.SettingName, grants);
    }

    static string Text(XElement document) => document.ToString(SaveOptions.DisableFormatting);
}
