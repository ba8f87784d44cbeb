using System.Xml.Linq;
using Lambray.Resources.S3;

namespace Lambray.Server.AwsFront.S3.Listings;

/// <summary>What all listings of a bucket have in common: prefix and delimiter, encoded keys, common prefixes.</summary>
sealed class ListingPage
{
    readonly Func<string, string> escape;

    /// <param name="maxName">The parameter that bounds the page: <c>max-keys</c> or <c>max-uploads</c>.</param>
    /// <exception cref="Aws.AwsException">InvalidArgument.</exception>
    public ListingPage(HttpContext http, string maxName, string after, string? afterId = null)
    {
        var query = http.Request.Query;
        Request = new ListRequest(
            http.GetS3Target().Bucket, query["prefix"].ToString(), query["delimiter"].ToString(), after, http.Number(maxName, ListRequest.MaxKeysLimit))
        {
            AfterId = afterId,
        };
        escape = query["encoding-type"].ToString() switch
        {
            "" => static text => text,
            "url" => S3Escaping.Escape,
            _ => throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request"),
        };
    }

    public ListRequest Request { get; }

    public XElement Key(string name, string key) => S3Xml.Element(name, escape(key));

    /// <summary>The elements that all of them begin with.</summary>
    public XElement Root(string name, string bucketName, string maxName, bool isTruncated)
    {
        var root = S3Xml.Element(
            name, S3Xml.Element(bucketName, Request.Bucket), Key("Prefix", Request.Prefix), S3Xml.Element(maxName, Request.MaxKeys),
            S3Xml.Element("IsTruncated", isTruncated));
        if (Request.Delimiter.Length > 0) root.Add(Key("Delimiter", Request.Delimiter));
        if (escape == S3Escaping.Escape) root.Add(S3Xml.Element("EncodingType", "url"));
        return root;
    }

    public void AddPrefixes(XElement root, IEnumerable<string> prefixes)
    {
        foreach (var prefix in prefixes) root.Add(S3Xml.Element("CommonPrefixes", Key("Prefix", prefix)));
    }
}
