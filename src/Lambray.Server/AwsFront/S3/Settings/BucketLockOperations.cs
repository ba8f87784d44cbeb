using System.Globalization;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Settings;

namespace Lambray.Server.AwsFront.S3.Settings;

/// <summary>PutObjectLockConfiguration and GetObjectLockConfiguration.</summary>
static class BucketLockOperations
{
    public static async Task PutConfiguration(HttpContext http)
    {
        var request = await http.ReadXml("ObjectLockConfiguration");
        if (request.Text("ObjectLockEnabled") != "Enabled") throw S3Xml.Malformed();
        var bucket = http.GetS3Target().Bucket;
        var retention = request.Child("Rule") is { } rule ? Read(rule.Child("DefaultRetention") ?? throw S3Xml.Malformed()) : null;
        await http.Service<BucketStore>().EnableObjectLock(bucket);
        var settings = http.Service<BucketSettings>();
        if (retention is null) await settings.Delete(bucket, DefaultRetention.SettingName);
        else await settings.Put(bucket, DefaultRetention.SettingName, retention.Write());
    }

    public static Task GetConfiguration(HttpContext http)
    {
        var bucket = http.Service<BucketStore>().GetBucket(http.GetS3Target().Bucket);
        if (!bucket.HasObjectLock)
            throw new AwsException("ObjectLockConfigurationNotFoundError", 404, "Object Lock configuration does not exist for this bucket") { Resource = bucket.Name };
        var root = S3Xml.Element("ObjectLockConfiguration", S3Xml.Element("ObjectLockEnabled", "Enabled"));
        if (DefaultRetention.Read(http.Service<BucketSettings>().Find(bucket.Name, DefaultRetention.SettingName)) is { } retention)
            root.Add(S3Xml.Element("Rule", S3Xml.Element(
                "DefaultRetention", S3Xml.Element("Mode", retention.Mode),
                retention.Days is { } days ? S3Xml.Element("Days", days) : S3Xml.Element("Years", retention.Years))));
        return http.WriteXml(root);
    }

    static DefaultRetention Read(XElement retention)
    {
        var mode = retention.RequireText("Mode");
        if (mode is not (ObjectLock.Governance or ObjectLock.Compliance)) throw S3Xml.Malformed();
        var (days, years) = (Number(retention.Text("Days")), Number(retention.Text("Years")));
        if (days is null == years is null) throw S3Xml.Malformed();
        return (days ?? years) > 0 ? new DefaultRetention(mode, days, years) : throw S3Errors.InvalidArgument("Default retention period must be a positive integer value.");
    }

    static int? Number(string? text)
    {
        if (text is null) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw S3Xml.Malformed();
    }
}
