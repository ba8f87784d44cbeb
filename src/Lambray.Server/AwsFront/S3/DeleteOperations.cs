using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3;

/// <summary>DeleteObject and DeleteObjects.</summary>
static class DeleteOperations
{
    const int KeysMax = 1000;

    public static async Task DeleteObject(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        await Objects(http).DeleteObject(bucket, key);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task DeleteObjects(HttpContext http)
    {
        var bucket = http.GetS3Target().Bucket;
        using var body = await SmallBody.Read(http);
        Verify(http.Request.Headers, body);
        var request = S3Xml.Parse(body, "Delete");
        var entries = request.Children("Object").ToList();
        if (entries.Count is 0 or > KeysMax) throw S3Xml.Malformed();
        http.RequestServices.GetRequiredService<BucketStore>().GetBucket(bucket);
        var outcomes = await Task.WhenAll(entries.Select(entry => Delete(Objects(http), bucket, entry)));
        var isQuiet = request.Child("Quiet")?.Value == "true";
        await http.WriteXml(S3Xml.Element("DeleteResult", [.. outcomes.Where(outcome => !isQuiet || outcome.Name.LocalName == "Error")]));
    }

    // Each key has its own outcome; what is refused for one is written beside the others.
    static async Task<XElement> Delete(ObjectStore objects, string bucket, XElement entry)
    {
        var key = entry.Child("Key")?.Value ?? throw S3Xml.Malformed();
        try
        {
            if (entry.Child("VersionId")?.Value is not (null or "" or "null")) throw new AwsException("NoSuchVersion", 404, "The specified version does not exist.");
            await objects.DeleteObject(bucket, key);
            return S3Xml.Element("Deleted", S3Xml.Element("Key", key));
        }
        catch (AwsException refused)
        {
            return S3Xml.Element("Error", S3Xml.Element("Key", key), S3Xml.Element("Code", refused.Code), S3Xml.Element("Message", refused.Message));
        }
    }

    static void Verify(IHeaderDictionary headers, MemoryStream body)
    {
        var expected = ExpectedDigests.Read(headers);
        using var digests = new BodyDigests(expected.Algorithm, expected.Sha256 is not null);
        digests.Append(body.GetBuffer().AsSpan(0, (int)body.Length));
        expected.Verify(digests.Md5, digests.Checksum, digests.Sha256);
    }

    static ObjectStore Objects(HttpContext http) => http.RequestServices.GetRequiredService<ObjectStore>();
}
