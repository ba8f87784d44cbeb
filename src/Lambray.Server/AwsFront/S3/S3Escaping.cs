using System.Text;

namespace Lambray.Server.AwsFront.S3;

/// <summary>Percent-escapes in keys.</summary>
static class S3Escaping
{
    /// <summary>A plus sign stays one; a percent sign that escapes nothing, too.</summary>
    public static byte[] Unescape(string escaped)
    {
        var bytes = Encoding.UTF8.GetBytes(escaped);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEscape = bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = isEscape ? Convert.FromHexString(Encoding.ASCII.GetString(bytes, i + 1, 2))[0] : bytes[i];
            if (isEscape) i += 2;
        }
        return bytes[..length];
    }

    /// <summary>As <c>encoding-type=url</c> asks: everything but slashes and unreserved characters.</summary>
    public static string Escape(string key) => Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal);
}
