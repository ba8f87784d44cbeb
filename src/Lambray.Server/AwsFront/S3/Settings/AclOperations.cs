using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Notifications;
using Lambray.Resources.S3.Settings;

namespace Lambray.Server.AwsFront.S3.Settings;

/// <summary>PutBucketAcl, GetBucketAcl, PutObjectAcl, GetObjectAcl.</summary>
static class AclOperations
{
    public const string SettingName = "acl";

    public static async Task PutBucketAcl(HttpContext http)
    {
        var bucket = http.GetS3Target().Bucket;
        var grants = await AccessControl.ReadRequest(http);
        if (grants is null) await http.Service<BucketSettings>().Delete(bucket, SettingName);
        else await http.Service<BucketSettings>().Put(bucket, SettingName, grants);
    }

    public static Task GetBucketAcl(HttpContext http) =>
        http.WriteXml(AccessControl.Write(http.Service<AwsHome>(), http.Service<BucketSettings>().Find(http.GetS3Target().Bucket, SettingName)));

    public static async Task PutObjectAcl(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        var grants = await AccessControl.ReadRequest(http);
        http.WriteVersion(await http.Service<ObjectStore>().AlterObject(
            bucket, key, http.VersionId(), (_, stored) => stored with { AccessControl = grants }, http.Origin(), ObjectEvent.AccessControlPut));
    }

    public static Task GetObjectAcl(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        var stored = http.Service<ObjectStore>().GetObject(bucket, key, http.VersionId());
        http.WriteVersion(stored);
        return http.WriteXml(AccessControl.Write(http.Service<AwsHome>(), stored.AccessControl));
    }
}
