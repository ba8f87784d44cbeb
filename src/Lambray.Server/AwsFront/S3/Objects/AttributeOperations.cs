using System.Globalization;
using System.Xml.Linq;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Objects;

/// <summary>GetObjectAttributes.</summary>
static class AttributeOperations
{
    const int PartsMax = 1000;

    public static Task GetObjectAttributes(HttpContext http)
    {
        var (bucket, key) = http.GetS3Target();
        var asked = http.Request.Headers["x-amz-object-attributes"].SelectMany(header => header!.Split(',', StringSplitOptions.TrimEntries)).ToHashSet();
        if (asked.Count == 0) throw S3Errors.InvalidRequest("The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
        if (!asked.IsSubsetOf(["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"])) throw S3Errors.InvalidArgument("Invalid attribute name specified.");
        var stored = http.Service<ObjectStore>().GetObject(bucket, key, http.VersionId());
        http.WriteVersion(stored);
        http.Response.Headers.LastModified = stored.LastModified.ToString("R", CultureInfo.InvariantCulture);
        var root = S3Xml.Element("GetObjectAttributesResponse");
        // Without quotes here, and only here.
        if (asked.Contains("ETag")) root.Add(S3Xml.Element("ETag", stored.ETag.Trim('"')));
        if (asked.Contains("Checksum"))
            root.Add(S3Xml.Element(
                "Checksum", S3Xml.Element("Checksum" + S3Xml.Name(stored.Checksum.Algorithm), stored.Checksum.Text.Split('-')[0]),
                S3Xml.Element("ChecksumType", ChecksumHeaders.TypeName(stored.Checksum.IsComposite))));
        if (asked.Contains("ObjectParts") && stored.PartCount > 0) root.Add(Parts(http, stored));
        if (asked.Contains("StorageClass")) root.Add(S3Xml.Element("StorageClass", stored.StorageClass));
        if (asked.Contains("ObjectSize")) root.Add(S3Xml.Element("ObjectSize", stored.Size));
        return http.WriteXml(root);
    }

    static XElement Parts(HttpContext http, StoredObject stored)
    {
        var headers = http.Request.Headers;
        var max = Number(headers["x-amz-max-parts"], PartsMax);
        var after = Number(headers["x-amz-part-number-marker"], 0);
        var parts = http.Service<ObjectStore>().ListParts(stored).Where(part => part.Number > after).Take(max + 1).ToList();
        var root = S3Xml.Element(
            "ObjectParts", S3Xml.Element("PartsCount", stored.PartCount), S3Xml.Element("PartNumberMarker", after),
            S3Xml.Element("MaxParts", max), S3Xml.Element("IsTruncated", parts.Count > max));
        if (parts.Count > max) root.Add(S3Xml.Element("NextPartNumberMarker", max == 0 ? after : parts[max - 1].Number));
        // S3 lists the parts only of objects whose checksum is made of theirs.
        if (stored.Checksum.IsComposite)
            root.Add(parts.Take(max).Select(part => S3Xml.Element(
                "Part", S3Xml.Element("PartNumber", part.Number), S3Xml.Element("Size", part.Size),
                S3Xml.Checksum(new Checksum(stored.Checksum.Algorithm, part.Checksum)))));
        return root;
    }

    static int Number(string? header, int usual)
    {
        if (header is null) return usual;
        return int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, int.MaxValue - 1)
            : throw S3Errors.InvalidArgument("A number of parts is an integer.");
    }
}
