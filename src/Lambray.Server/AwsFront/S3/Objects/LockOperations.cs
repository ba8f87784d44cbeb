using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>PutObjectRetention, GetObjectRetention, PutObjectLegalHold, GetObjectLegalHold.</summary>
static class LockOperations
{
    public static async Task PutObjectRetention(HttpContext http)
    {
        var request = await http.ReadXml("Retention");
        var now = http.Service<TimeProvider>().GetUtcNow();
        // An empty one takes the retention away.
        var wanted = request.HasElements ? LockHeaders.Retention(request.RequireText("Mode"), request.RequireText("RetainUntilDate"), now) : ObjectLock.None;
        await Change(http, current =>
        {
            current.RequireChangeable(wanted, now, http.BypassesGovernance());
            return wanted with { LegalHold = current.LegalHold };
        });
    }

    public static Task GetObjectRetention(HttpContext http)
    {
        var found = Find(http);
        if (found is not { Mode: { } mode, RetainUntil: { } until }) throw NoConfiguration();
        return http.WriteXml(S3Xml.Element("Retention", S3Xml.Element("Mode", mode), S3Xml.Element("RetainUntilDate", S3Xml.Date(until))));
    }

    public static async Task PutObjectLegalHold(HttpContext http)
    {
        var isHeld = (await http.ReadXml("LegalHold")).Text("Status") switch
        {
            "ON" => true,
            "OFF" => false,
            _ => throw S3Xml.Malformed(),
        };
        await Change(http, current => current with { LegalHold = isHeld });
    }

    public static Task GetObjectLegalHold(HttpContext http) =>
        http.WriteXml(S3Xml.Element("LegalHold", S3Xml.Element("Status", Find(http).LegalHold ? "ON" : "OFF")));

    static ObjectLock Find(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        RequireLocks(http.Service<BucketStore>().GetBucket(bucket));
        return http.Service<ObjectStore>().GetObject(bucket, key, http.VersionId()).Lock;
    }

    static async Task Change(HttpContext http, Func<ObjectLock, ObjectLock> change)
    {
        var (bucket, key) = http.GetS3Target();
        http.WriteVersion(await http.Service<ObjectStore>().AlterObject(bucket, key, http.VersionId(), (owner, stored) =>
        {
            RequireLocks(owner);
            return stored with { Lock = change(stored.Lock) };
        }, http.Origin()));
    }

    static void RequireLocks(Bucket bucket)
    {
        if (!bucket.HasObjectLock) throw S3Errors.InvalidRequest("Bucket is missing Object Lock Configuration");
    }

    static AwsException NoConfiguration() =>
        new("NoSuchObjectLockConfiguration", 404, "The specified object does not have a ObjectLock configuration");
}
