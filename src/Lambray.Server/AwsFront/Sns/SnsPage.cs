using System.Text;
using System.Xml.Linq;
using Lambray.Resources.Sns;

namespace Lambray.Server.AwsFront.Sns;

/// <summary>Lists of SNS come a hundred at a time; the token names the last of the page before.</summary>
static class SnsPage
{
    const int PageSize = 100;

    public static XElement[] Of<T>(IEnumerable<T> all, Func<T, string> keyOf, string? token, string list, Func<T, XElement> write)
    {
        var after = After(token);
        var found = all.SkipWhile(item => after is not null && string.CompareOrdinal(keyOf(item), after) <= 0).Take(PageSize + 1).ToArray();
        var page = new XElement(list, found.Take(PageSize).Select(item => (object)write(item)).ToArray());
        return found.Length > PageSize
            ? [page, new XElement("NextToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(keyOf(found[PageSize - 1]))))]
            : [page];
    }

    public static XElement Map(string name, IEnumerable<KeyValuePair<string, string>> map) => new(
        name, map.Select(entry => (object)new XElement("entry", new XElement("key", entry.Key), new XElement("value", entry.Value))).ToArray());

    static string? After(string? token)
    {
        if (string.IsNullOrEmpty(token)) return null;
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : throw SnsErrors.Invalid("NextToken");
    }
}
