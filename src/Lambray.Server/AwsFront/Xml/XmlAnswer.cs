using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Lambray.Server.AwsFront.Xml;

/// <summary>Writes an XML document as the whole answer.</summary>
static class XmlAnswer
{
    static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // Keys may hold control characters, which XML 1.0 forbids; AWS writes them as character references all the same.
        CheckCharacters = false,
    };

    public static async Task WriteXml(this HttpContext http, int status, XElement root, string contentType)
    {
        var document = new MemoryStream();
        // Into memory, where waiting would be for nothing.
        using (var writer = XmlWriter.Create(document, Settings)) root.WriteTo(writer);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = document.Length;
        // An answer to HEAD has headers only.
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(document.GetBuffer().AsMemory(0, (int)document.Length), http.RequestAborted);
    }
}
