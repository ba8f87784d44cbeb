using System.Buffers.Text;
using System.Text;
using Lambray.Functions.Registry;
using Lambray.Resources.Logs;

namespace Lambray.Server.AwsFront.Logs;

/// <summary>One page of a list in order; its token is the key of the last item, so that a page holds though others come and go.</summary>
static class NamePage
{
    const int SizeMax = 50;

    /// <param name="inOrder">By their keys, rising or falling.</param>
    /// <param name="key">No two items have the same.</param>
    public static (IReadOnlyList<T> Items, string? NextToken) Take<T>(
        IEnumerable<T> inOrder, Func<T, string> key, string? token, int? limit, bool isDescending = false, int sizeMax = SizeMax)
    {
        new Validation().RequireRange(limit, "limit", 1, sizeMax).ThrowIfAny(LogNames.InvalidParameter);
        var (size, after) = (limit ?? SizeMax, token is null ? null : Read(token));
        var rest = inOrder.Where(item => after is null || IsBeyond(key(item), after, isDescending)).Take(size + 1).ToArray();
        return rest.Length > size ? (rest[..size], Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key(rest[size - 1])))) : (rest, null);
    }

    static bool IsBeyond(string key, string after, bool isDescending) =>
        isDescending ? string.CompareOrdinal(key, after) < 0 : string.CompareOrdinal(key, after) > 0;

    static string Read(string token) =>
        Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : throw LogErrors.InvalidParameter("The specified nextToken is invalid.");
}
