using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Server.AwsFront.Authorization;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>DeleteObject and DeleteObjects.</summary>
static class DeleteOperations
{
    const int KeysMax = 1000;

    public static async Task DeleteObject(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        var deletion = await http.Service<ObjectStore>().DeleteObject(
            bucket, key, http.Origin(), http.VersionId(), http.Request.Headers.IfMatch.FirstOrDefault(), http.BypassesGovernance());
        if (deletion.VersionId is { } version) http.Response.Headers["x-amz-version-id"] = version;
        if (deletion.IsDeleteMarker) http.Response.Headers["x-amz-delete-marker"] = "true";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task DeleteObjects(HttpContext http)
    {
        var bucket = http.GetS3Target().Bucket;
        if (!ExpectedDigests.Read(http.Request.Headers).IsAny) throw S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        var request = await http.ReadXml("Delete");
        var entries = request.Children("Object").ToList();
        if (entries.Count is 0 or > KeysMax) throw S3Xml.Malformed();
        http.Service<BucketStore>().GetBucket(bucket);
        var origin = http.Origin();
        // One after the other where one key is named twice would be slow for all; the writer takes them in this order anyway.
        var outcomes = await Task.WhenAll(entries.Select(entry => Delete(http, bucket, entry, origin)));
        var isQuiet = request.Text("Quiet") == "true";
        await http.WriteXml(S3Xml.Element("DeleteResult", [.. outcomes.Where(outcome => !isQuiet || outcome.Name.LocalName == "Error")]));
    }

    // Each key has its own outcome; what is refused for one is written beside the others.
    static async Task<XElement> Delete(HttpContext http, string bucket, XElement entry, RequestOrigin origin)
    {
        var key = entry.RequireText("Key");
        var version = entry.Text("VersionId") is { Length: > 0 } named ? named : null;
        try
        {
            RequestGate.Require(http, S3Permissions.OfKey(http, version is null ? "DeleteObject" : "DeleteObjectVersion", bucket, key));
            var deletion = await http.Service<ObjectStore>().DeleteObject(bucket, key, origin, version, entry.Text("ETag"), http.BypassesGovernance());
            return Deleted(key, version, deletion);
        }
        catch (AwsException refused)
        {
            var error = S3Xml.Element("Error", S3Xml.Element("Key", key), S3Xml.Element("Code", refused.Code), S3Xml.Element("Message", refused.Message));
            if (version is not null) error.Add(S3Xml.Element("VersionId", version));
            return error;
        }
    }

    static XElement Deleted(string key, string? version, Deletion deletion)
    {
        var deleted = S3Xml.Element("Deleted", S3Xml.Element("Key", key));
        if (version is not null) deleted.Add(S3Xml.Element("VersionId", version));
        if (deletion.IsDeleteMarker)
            deleted.Add(S3Xml.Element("DeleteMarker", true), S3Xml.Element("DeleteMarkerVersionId", deletion.VersionId));
        return deleted;
    }
}
