using System.Buffers.Text;
using System.Text;
using System.Xml.Linq;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.Query;

/// <summary>A part of a sorted list, as <c>Marker</c> and <c>MaxItems</c> ask for it.</summary>
static class QueryPage
{
    const int MaxItemsDefault = 100;
    const int MaxItemsLimit = 1000;

    /// <returns>The list, <c>IsTruncated</c> and, if there is more, <c>Marker</c>.</returns>
    public static XElement[] Of<T>(QueryRequest request, string listName, IReadOnlyList<T> sorted, Func<T, string> key, Func<T, XElement> member)
    {
        var start = Start(request, sorted, key);
        var page = sorted.Skip(start).Take(request.FindNumber("MaxItems", 1, MaxItemsLimit) ?? MaxItemsDefault).ToList();
        var isTruncated = start + page.Count < sorted.Count;
        var list = new XElement(listName, page.Select(item => (object)member(item)).ToArray());
        var more = new XElement("IsTruncated", isTruncated);
        return isTruncated ? [list, more, new XElement("Marker", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key(page[^1]))))] : [list, more];
    }

    static int Start<T>(QueryRequest request, IReadOnlyList<T> sorted, Func<T, string> key)
    {
        if (request.Find("Marker") is not { } marker) return 0;
        if (!Base64Url.IsValid(marker)) throw new AwsException("ValidationError", 400, $"Invalid Marker: {marker}");
        var last = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(marker));
        var at = sorted.TakeWhile(item => key(item) != last).Count();
        // What the last page ended with may have been deleted meanwhile; the sorted order tells where to go on.
        return at < sorted.Count ? at + 1 : sorted.TakeWhile(item => string.CompareOrdinal(key(item), last) <= 0).Count();
    }
}
