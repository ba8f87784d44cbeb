using System.Globalization;
using System.Text;
using Lambray.Functions.Registry;

namespace Lambray.Server.AwsFront.Lambda;

/// <summary>One page of a list that is in order of some key: from behind the marker, so many at most.</summary>
/// <param name="After">The key of the last page's last item; null on the first page.</param>
sealed record ListPage(string? After, int Size)
{
    const int UsualSizeMax = 50;

    /// <param name="sizeMax">What a list answers with at most, whatever MaxItems asks for.</param>
    /// <exception cref="Aws.AwsException">Marker or MaxItems is none.</exception>
    public static ListPage Of(HttpRequest request, int maxItemsMax, int sizeMax = UsualSizeMax) => new(
        request.Query["Marker"] is [{ } marker] ? ReadMarker(marker) : null, ReadSize(request.Query["MaxItems"], maxItemsMax, sizeMax));

    /// <summary>The page's items, and the marker of the next page if there is one.</summary>
    public (IReadOnlyList<T> Items, string? NextMarker) Take<T>(IEnumerable<T> inOrder, Func<T, string> key)
    {
        var rest = inOrder.Where(item => After is null || string.CompareOrdinal(key(item), After) > 0).Take(Size + 1).ToArray();
        return rest.Length > Size ? (rest[..Size], WriteMarker(key(rest[Size - 1]))) : (rest, null);
    }

    /// <summary>The page's items of a list that was read from behind the marker, one more than the page holds.</summary>
    public (IReadOnlyList<T> Items, string? NextMarker) Cut<T>(IReadOnlyList<T> oneMore, Func<T, string> key) =>
        oneMore.Count > Size ? ([.. oneMore.Take(Size)], WriteMarker(key(oneMore[Size - 1]))) : (oneMore, null);

    static int ReadSize(string? maxItems, int maxItemsMax, int sizeMax)
    {
        if (maxItems is null) return sizeMax;
        if (!int.TryParse(maxItems, CultureInfo.InvariantCulture, out var size)) throw Invalid(maxItems, "Member must be an integer");
        if (size < 1) throw Invalid(maxItems, "Member must have value greater than or equal to 1");
        if (size > maxItemsMax) throw Invalid(maxItems, $"Member must have value less than or equal to {maxItemsMax}");
        return Math.Min(size, sizeMax);
    }

    static Aws.AwsException Invalid(string maxItems, string constraint) => LambdaRequest.Invalid(maxItems, "maxItems", constraint);

    static string WriteMarker(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    static string ReadMarker(string marker)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(marker));
        }
        catch (FormatException)
        {
            throw LambdaErrors.InvalidParameter("Invalid Marker: it must be the NextMarker of an earlier answer.");
        }
    }
}
