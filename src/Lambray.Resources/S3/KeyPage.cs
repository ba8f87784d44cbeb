namespace Lambray.Resources.S3;

/// <summary>Which part of a bucket to list, whatever is listed of it.</summary>
/// <param name="Delimiter">Empty for none. Keys that share the part up to the delimiter after the prefix are rolled up to one common prefix.</param>
/// <param name="After">Only what follows this key, or this common prefix; empty for the beginning.</param>
public sealed record ListRequest(string Bucket, string Prefix = "", string Delimiter = "", string After = "", int MaxKeys = ListRequest.MaxKeysLimit)
{
    public const int MaxKeysLimit = 1000;

    /// <summary>Of the entries with the key <see cref="After"/>, only those behind this one; null when all of them are behind.</summary>
    public string? AfterId { get; init; }
}

/// <summary>One page: entries and common prefixes, each in order of their UTF-8 bytes.</summary>
/// <param name="Next">The last entry's key, or the last common prefix, to go on after; null when nothing follows.</param>
/// <param name="NextEntry">The last entry, when that was the last one.</param>
public sealed record KeyPage<T>(IReadOnlyList<T> Entries, IReadOnlyList<string> CommonPrefixes, string? Next, T? NextEntry) where T : class
{
    /// <summary>Steps over all keys of a common prefix at once, so that a page costs what it shows.</summary>
    /// <param name="list">Entries from a key to another, exclusive (null: to the end), at most so many; the flag says that the first key is the one to go on within.</param>
    internal static KeyPage<T> Read(ListRequest request, Func<T, string> keyOf, Func<byte[], bool, byte[]?, int, List<T>> list)
    {
        var entries = new List<T>();
        var prefixes = new List<string>();
        if (request.MaxKeys == 0) return new KeyPage<T>(entries, prefixes, null, null);
        var to = request.Prefix.Length == 0 ? null : ObjectKey.AfterAllWith(request.Prefix);
        var (from, isWithin) = Start(request);
        (string? Key, T? Entry) last = (null, null);
        while (from is not null)
        {
            var rows = list(from, isWithin, to, request.MaxKeys - entries.Count - prefixes.Count + 1);
            (from, isWithin) = (null, false);
            foreach (var row in rows)
            {
                if (entries.Count + prefixes.Count == request.MaxKeys) return new KeyPage<T>(entries, prefixes, last.Key, last.Entry);
                var key = keyOf(row);
                if (CommonPrefix(key, request) is { } prefix)
                {
                    prefixes.Add(prefix);
                    last = (prefix, null);
                    from = ObjectKey.AfterAllWith(prefix);
                    break;
                }
                entries.Add(row);
                last = (key, row);
            }
        }
        return new KeyPage<T>(entries, prefixes, null, null);
    }

    static (byte[] From, bool IsWithin) Start(ListRequest request)
    {
        var prefix = ObjectKey.Bytes(request.Prefix);
        if (request.After.Length == 0) return (prefix, false);
        if (CommonPrefix(request.After, request) == request.After) return (Later(ObjectKey.AfterAllWith(request.After), prefix), false);
        if (request.AfterId is null) return (Later(ObjectKey.After(request.After), prefix), false);
        var after = ObjectKey.Bytes(request.After);
        return ObjectKey.Compare(after, prefix) >= 0 ? (after, true) : (prefix, false);
    }

    static byte[] Later(byte[] one, byte[] other) => ObjectKey.Compare(one, other) > 0 ? one : other;

    static string? CommonPrefix(string key, ListRequest request)
    {
        if (request.Delimiter.Length == 0 || !key.StartsWith(request.Prefix, StringComparison.Ordinal)) return null;
        var delimiter = key.IndexOf(request.Delimiter, request.Prefix.Length, StringComparison.Ordinal);
        return delimiter < 0 ? null : key[..(delimiter + request.Delimiter.Length)];
    }
}
