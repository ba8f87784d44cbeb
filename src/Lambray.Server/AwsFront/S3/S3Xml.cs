using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Lambray.Aws;
using Lambray.Resources.S3;
using Lambray.Server.AwsFront.Xml;

namespace Lambray.Server.AwsFront.S3;

/// <summary>XML as S3 reads and writes it.</summary>
static class S3Xml
{
    public const string ContentType = "application/xml";

    // Nobody's documents need a DTD, and entities can be made to grow without bounds.
    static readonly XmlReaderSettings WithoutDtd = new() { DtdProcessing = DtdProcessing.Prohibit };
    static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static XElement Element(string name, params object?[] content) => new(Space + name, content);

    public static Task WriteXml(this HttpContext http, XElement root) => http.WriteXml(200, root, ContentType);

    /// <summary>The date of a listing; S3 keeps whole seconds and writes milliseconds all the same.</summary>
    public static string Date(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);

    /// <summary>The account as an owner: its canonical user id, 64 hexadecimal digits that stand for the account.</summary>
    public static XElement Owner(AwsHome home) => Element("Owner", Element("ID", OwnerId(home)));

    public static string OwnerId(AwsHome home) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home.AccountId)));

    /// <summary>The checksum of an object or a part, in an element of its name: <c>ChecksumCRC32</c>.</summary>
    public static XElement Checksum(Checksum checksum) => Element("Checksum" + Name(checksum.Algorithm), checksum.Text);

    public static string Name(ChecksumAlgorithm algorithm) => algorithm.ToString().ToUpperInvariant();

    /// <summary>Reads the document that a client sent; it may leave the namespace out.</summary>
    /// <exception cref="AwsException">MalformedXML when it is none, or its root is another.</exception>
    public static XElement Parse(Stream body, string rootName)
    {
        try
        {
            using var reader = XmlReader.Create(body, WithoutDtd);
            var root = XElement.Load(reader);
            return root.Name.LocalName == rootName ? root : throw Malformed();
        }
        catch (XmlException)
        {
            throw Malformed();
        }
    }

    /// <inheritdoc cref="Parse"/>
    public static async Task<XElement> ReadXml(this HttpContext http, string rootName)
    {
        using var body = await SmallBody.Read(http);
        return Parse(body, rootName);
    }

    public static XElement? Child(this XElement parent, string name) => parent.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static IEnumerable<XElement> Children(this XElement parent, string name) => parent.Elements().Where(child => child.Name.LocalName == name);

    public static string? Text(this XElement parent, string name) => parent.Child(name)?.Value;

    /// <exception cref="AwsException">MalformedXML when it is missing.</exception>
    public static string RequireText(this XElement parent, string name) => parent.Child(name)?.Value ?? throw Malformed();

    public static AwsException Malformed() =>
        new("MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema");
}
