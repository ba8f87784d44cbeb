using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Buckets;

/// <summary>PutBucketVersioning and GetBucketVersioning.</summary>
static class VersioningOperations
{
    public static async Task PutBucketVersioning(HttpContext http)
    {
        var request = await http.ReadXml("VersioningConfiguration");
        if (request.Text("MfaDelete") == "Enabled") throw S3Operations.NotImplemented("MFA delete");
        var versioning = request.Text("Status") switch
        {
            "Enabled" => Versioning.Enabled,
            "Suspended" => Versioning.Suspended,
            _ => throw S3Xml.Malformed(),
        };
        await http.Service<BucketStore>().SetVersioning(http.GetS3Target().Bucket, versioning);
    }

    public static Task GetBucketVersioning(HttpContext http)
    {
        var root = S3Xml.Element("VersioningConfiguration");
        var bucket = http.Service<BucketStore>().GetBucket(http.GetS3Target().Bucket);
        if (bucket.IsVersioned) root.Add(S3Xml.Element("Status", bucket.Versioning));
        return http.WriteXml(root);
    }
}
