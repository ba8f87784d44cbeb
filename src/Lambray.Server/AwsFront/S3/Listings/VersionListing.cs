using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Versions;

namespace Lambray.Server.AwsFront.S3.Listings;

/// <summary>ListObjectVersions.</summary>
static class VersionListing
{
    public static Task ListObjectVersions(HttpContext http)
    {
        var query = http.Request.Query;
        var (keyMarker, versionMarker) = (query["key-marker"].ToString(), query["version-id-marker"].FirstOrDefault());
        if (versionMarker is { Length: > 0 } && keyMarker.Length == 0)
            throw S3Errors.InvalidArgument("A version-id marker cannot be specified without a key marker.");
        var page = new ListingPage(http, "max-keys", keyMarker, versionMarker is { Length: > 0 } ? versionMarker : null);
        var listing = http.Service<ObjectStore>().ListVersions(page.Request);
        var root = page.Root("ListVersionsResult", "Name", "MaxKeys", listing.Next is not null);
        root.Add(page.Key("KeyMarker", keyMarker), S3Xml.Element("VersionIdMarker", versionMarker));
        if (listing.Next is { } next) root.Add(page.Key("NextKeyMarker", next));
        if (listing.NextEntry is { } last) root.Add(S3Xml.Element("NextVersionIdMarker", last.Stored.VersionId));
        var owner = S3Xml.Owner(http.Service<AwsHome>());
        root.Add(listing.Entries.Select(version => Entry(page, version, owner)));
        page.AddPrefixes(root, listing.CommonPrefixes);
        return http.WriteXml(root);
    }

    static XElement Entry(ListingPage page, ListedVersion version, XElement owner)
    {
        var stored = version.Stored;
        var entry = S3Xml.Element(
            stored.IsDeleteMarker ? "DeleteMarker" : "Version", page.Key("Key", stored.Key), S3Xml.Element("VersionId", stored.VersionId),
            S3Xml.Element("IsLatest", version.IsLatest), S3Xml.Element("LastModified", S3Xml.Date(stored.LastModified)));
        if (!stored.IsDeleteMarker)
            entry.Add(
                S3Xml.Element("ETag", stored.ETag), S3Xml.Element("ChecksumAlgorithm", S3Xml.Name(stored.Checksum.Algorithm)),
                S3Xml.Element("ChecksumType", ChecksumHeaders.TypeName(stored.Checksum.IsComposite)), S3Xml.Element("Size", stored.Size),
                S3Xml.Element("StorageClass", stored.StorageClass));
        entry.Add(owner);
        return entry;
    }
}
