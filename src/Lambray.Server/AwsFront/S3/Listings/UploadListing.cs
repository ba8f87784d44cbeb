using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Resources.S3.Multipart;
using Lambray.Server.AwsFront.S3.Multipart;

namespace Lambray.Server.AwsFront.S3.Listings;

/// <summary>ListMultipartUploads and ListParts.</summary>
static class UploadListing
{
    const int PartsMax = 1000;

    public static Task ListMultipartUploads(HttpContext http)
    {
        var query = http.Request.Query;
        var (keyMarker, idMarker) = (query["key-marker"].ToString(), query["upload-id-marker"].ToString());
        // Without a key, S3 takes no notice of the id.
        var page = new ListingPage(http, "max-uploads", keyMarker, idMarker.Length > 0 && keyMarker.Length > 0 ? idMarker : null);
        var listing = http.Service<MultipartUploads>().List(page.Request);
        var root = page.Root("ListMultipartUploadsResult", "Bucket", "MaxUploads", listing.Next is not null);
        root.Add(page.Key("KeyMarker", keyMarker), S3Xml.Element("UploadIdMarker", idMarker));
        if (listing.Next is { } next) root.Add(page.Key("NextKeyMarker", next), S3Xml.Element("NextUploadIdMarker", listing.NextEntry?.Id));
        var owner = S3Xml.Owner(http.Service<AwsHome>());
        root.Add(listing.Entries.Select(upload => S3Xml.Element(
            "Upload", page.Key("Key", upload.Wanted.Key), S3Xml.Element("UploadId", upload.Id), Initiator(owner), owner,
            S3Xml.Element("StorageClass", StorageClass(upload)), S3Xml.Element("Initiated", S3Xml.Date(upload.Initiated)), Checksums(upload))));
        page.AddPrefixes(root, listing.CommonPrefixes);
        return http.WriteXml(root);
    }

    public static Task ListParts(HttpContext http)
    {
        var uploads = http.Service<MultipartUploads>();
        var upload = MultipartOperations.Find(http);
        var (max, after) = (http.Number("max-parts", PartsMax), http.Request.Query.ContainsKey("part-number-marker") ? http.Number("part-number-marker", int.MaxValue) : 0);
        var parts = uploads.ListParts(upload, after, max + 1);
        var isTruncated = parts.Count > max;
        var shown = parts.Take(max).ToList();
        var owner = S3Xml.Owner(http.Service<AwsHome>());
        var root = S3Xml.Element(
            "ListPartsResult", S3Xml.Element("Bucket", upload.Wanted.Bucket), S3Xml.Element("Key", upload.Wanted.Key), S3Xml.Element("UploadId", upload.Id),
            Initiator(owner), owner, S3Xml.Element("StorageClass", StorageClass(upload)), S3Xml.Element("PartNumberMarker", after),
            S3Xml.Element("NextPartNumberMarker", shown.Count > 0 ? shown[^1].Number : 0), S3Xml.Element("MaxParts", max),
            S3Xml.Element("IsTruncated", isTruncated), Checksums(upload));
        root.Add(shown.Select(part => S3Xml.Element(
            "Part", S3Xml.Element("PartNumber", part.Number), S3Xml.Element("LastModified", S3Xml.Date(part.LastModified)), S3Xml.Element("ETag", part.ETag),
            S3Xml.Checksum(part.Checksum), S3Xml.Element("Size", part.Size))));
        return http.WriteXml(root);
    }

    static XElement Initiator(XElement owner) => S3Xml.Element("Initiator", owner.Elements());

    static string StorageClass(MultipartUpload upload) => upload.Wanted.Metadata.System.GetValueOrDefault(ObjectMetadata.StorageClassName, "STANDARD");

    static object[] Checksums(MultipartUpload upload) =>
    [
        S3Xml.Element("ChecksumAlgorithm", S3Xml.Name(upload.Checksums.Algorithm)),
        S3Xml.Element("ChecksumType", ChecksumHeaders.TypeName(upload.Checksums.IsComposite)),
    ];
}
