using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3;

/// <summary>ListObjects and ListObjectsV2.</summary>
static class ListingOperations
{
    public static Task ListObjects(HttpContext http)
    {
        var query = http.Request.Query;
        var (request, listing) = List(http, after: query["marker"].ToString());
        var escape = Escape(http);
        var root = Root(request, listing, escape);
        root.Add(S3Xml.Element("Marker", escape(request.After)));
        // Without a delimiter, clients go on after the last key, and S3 leaves this out.
        if (listing.Next is not null && request.Delimiter.Length > 0) root.Add(S3Xml.Element("NextMarker", escape(listing.Next)));
        AddEntries(root, listing, escape, S3Xml.Owner(Home(http)));
        return http.WriteXml(root);
    }

    public static Task ListObjectsV2(HttpContext http)
    {
        var query = http.Request.Query;
        var (token, startAfter) = (query["continuation-token"].FirstOrDefault(), query["start-after"].ToString());
        var (request, listing) = List(http, after: token is null ? startAfter : FromToken(token));
        var escape = Escape(http);
        var root = Root(request, listing, escape);
        root.Add(S3Xml.Element("KeyCount", listing.Objects.Count + listing.CommonPrefixes.Count));
        if (token is not null) root.Add(S3Xml.Element("ContinuationToken", token));
        if (startAfter.Length > 0) root.Add(S3Xml.Element("StartAfter", escape(startAfter)));
        if (listing.Next is not null) root.Add(S3Xml.Element("NextContinuationToken", ToToken(listing.Next)));
        AddEntries(root, listing, escape, query["fetch-owner"] == "true" ? S3Xml.Owner(Home(http)) : null);
        return http.WriteXml(root);
    }

    static (ListRequest Request, ObjectListing Listing) List(HttpContext http, string after)
    {
        var query = http.Request.Query;
        var request = new ListRequest(
            http.GetS3Target().Bucket, query["prefix"].ToString(), query["delimiter"].ToString(), after, MaxKeys(query["max-keys"]));
        return (request, http.RequestServices.GetRequiredService<ObjectStore>().ListObjects(request));
    }

    static XElement Root(ListRequest request, ObjectListing listing, Func<string, string> escape)
    {
        var root = S3Xml.Element(
            "ListBucketResult",
            S3Xml.Element("Name", request.Bucket), S3Xml.Element("Prefix", escape(request.Prefix)), S3Xml.Element("MaxKeys", request.MaxKeys),
            S3Xml.Element("IsTruncated", listing.Next is not null));
        if (request.Delimiter.Length > 0) root.Add(S3Xml.Element("Delimiter", escape(request.Delimiter)));
        if (escape == S3Escaping.Escape) root.Add(S3Xml.Element("EncodingType", "url"));
        return root;
    }

    static void AddEntries(XElement root, ObjectListing listing, Func<string, string> escape, XElement? owner)
    {
        foreach (var entry in listing.Objects)
            root.Add(S3Xml.Element(
                "Contents",
                S3Xml.Element("Key", escape(entry.Key)), S3Xml.Element("LastModified", S3Xml.Date(entry.LastModified)), S3Xml.Element("ETag", entry.ETag),
                S3Xml.Element("ChecksumAlgorithm", S3Xml.Name(entry.ChecksumAlgorithm)), S3Xml.Element("ChecksumType", "FULL_OBJECT"),
                S3Xml.Element("Size", entry.Size), S3Xml.Element("StorageClass", "STANDARD"), owner));
        foreach (var prefix in listing.CommonPrefixes)
            root.Add(S3Xml.Element("CommonPrefixes", S3Xml.Element("Prefix", escape(prefix))));
    }

    static Func<string, string> Escape(HttpContext http) => http.Request.Query["encoding-type"].ToString() switch
    {
        "" => static text => text,
        "url" => S3Escaping.Escape,
        _ => throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request"),
    };

    static int MaxKeys(string? text)
    {
        if (text is null) return ListRequest.MaxKeysLimit;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var max)
            ? Math.Min(max, ListRequest.MaxKeysLimit)
            : throw S3Errors.InvalidArgument("Provided max-keys not an integer or within integer range");
    }

    static string ToToken(string next) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(next));

    static string FromToken(string token) => token.Length > 0 && Base64Url.IsValid(token)
        ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token))
        : throw S3Errors.InvalidArgument("The continuation token provided is incorrect");

    static AwsHome Home(HttpContext http) => http.RequestServices.GetRequiredService<AwsHome>();
}
