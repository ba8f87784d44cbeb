using System.Buffers.Text;
using System.Text;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Listings;

/// <summary>ListObjects and ListObjectsV2.</summary>
static class ListingOperations
{
    public static Task ListObjects(HttpContext http)
    {
        var page = new ListingPage(http, "max-keys", after: http.Request.Query["marker"].ToString());
        var listing = http.Service<ObjectStore>().ListObjects(page.Request);
        var root = page.Root("ListBucketResult", "Name", "MaxKeys", listing.Next is not null);
        root.Add(page.Key("Marker", page.Request.After));
        // Without a delimiter, clients go on after the last key, and S3 leaves this out.
        if (listing.Next is not null && page.Request.Delimiter.Length > 0) root.Add(page.Key("NextMarker", listing.Next));
        AddEntries(root, page, listing, S3Xml.Owner(http.Service<AwsHome>()));
        return http.WriteXml(root);
    }

    public static Task ListObjectsV2(HttpContext http)
    {
        var query = http.Request.Query;
        var (token, startAfter) = (query["continuation-token"].FirstOrDefault(), query["start-after"].ToString());
        var page = new ListingPage(http, "max-keys", after: token is null ? startAfter : FromToken(token));
        var listing = http.Service<ObjectStore>().ListObjects(page.Request);
        var root = page.Root("ListBucketResult", "Name", "MaxKeys", listing.Next is not null);
        root.Add(S3Xml.Element("KeyCount", listing.Entries.Count + listing.CommonPrefixes.Count));
        if (token is not null) root.Add(S3Xml.Element("ContinuationToken", token));
        if (startAfter.Length > 0) root.Add(page.Key("StartAfter", startAfter));
        if (listing.Next is not null) root.Add(S3Xml.Element("NextContinuationToken", ToToken(listing.Next)));
        AddEntries(root, page, listing, query["fetch-owner"] == "true" ? S3Xml.Owner(http.Service<AwsHome>()) : null);
        return http.WriteXml(root);
    }

    static void AddEntries(XElement root, ListingPage page, KeyPage<ListedObject> listing, XElement? owner)
    {
        foreach (var entry in listing.Entries)
            root.Add(S3Xml.Element(
                "Contents",
                page.Key("Key", entry.Key), S3Xml.Element("LastModified", S3Xml.Date(entry.LastModified)), S3Xml.Element("ETag", entry.ETag),
                S3Xml.Element("ChecksumAlgorithm", S3Xml.Name(entry.ChecksumAlgorithm)),
                S3Xml.Element("ChecksumType", ChecksumHeaders.TypeName(entry.HasCompositeChecksum)),
                S3Xml.Element("Size", entry.Size), S3Xml.Element("StorageClass", entry.StorageClass), owner));
        page.AddPrefixes(root, listing.CommonPrefixes);
    }

    static string ToToken(string next) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(next));

    static string FromToken(string token) => token.Length > 0 && Base64Url.IsValid(token)
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token))
        : throw S3Errors.InvalidArgument("The continuation token provided is incorrect");
}
