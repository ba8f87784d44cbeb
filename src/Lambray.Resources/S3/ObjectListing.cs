using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3;

/// <summary>Which part of a bucket to list.</summary>
/// <param name="Delimiter">Empty for none. Keys that share the part up to the delimiter after the prefix are rolled up to one common prefix.</param>
/// <param name="After">Only what follows this key, or this common prefix; empty for the beginning.</param>
public sealed record ListRequest(string Bucket, string Prefix = "", string Delimiter = "", string After = "", int MaxKeys = ListRequest.MaxKeysLimit)
{
    public const int MaxKeysLimit = 1000;
}

/// <summary>One page of a bucket: objects and common prefixes, each in order of their UTF-8 bytes.</summary>
/// <param name="Next">The last entry, to go on after; null when nothing follows.</param>
public sealed record ObjectListing(IReadOnlyList<ListedObject> Objects, IReadOnlyList<string> CommonPrefixes, string? Next)
{
    /// <summary>Steps over all keys of a common prefix at once, so that a page costs what it shows.</summary>
    internal static ObjectListing Read(SqliteConnection connection, ListRequest request)
    {
        var objects = new List<ListedObject>();
        var prefixes = new List<string>();
        if (request.MaxKeys == 0) return new ObjectListing(objects, prefixes, null);
        var to = request.Prefix.Length == 0 ? null : ObjectKey.AfterAllWith(request.Prefix);
        var from = Start(request);
        string? last = null;
        while (from is not null)
        {
            var rows = ObjectRows.List(connection, request.Bucket, from, to, request.MaxKeys - objects.Count - prefixes.Count + 1);
            from = null;
            foreach (var row in rows)
            {
                if (objects.Count + prefixes.Count == request.MaxKeys) return new ObjectListing(objects, prefixes, last);
                if (CommonPrefix(row.Key, request) is { } prefix)
                {
                    prefixes.Add(last = prefix);
                    from = ObjectKey.AfterAllWith(prefix);
                    break;
                }
                objects.Add(row);
                last = row.Key;
            }
        }
        return new ObjectListing(objects, prefixes, null);
    }

    static byte[] Start(ListRequest request)
    {
        var prefix = ObjectKey.Bytes(request.Prefix);
        if (request.After.Length == 0) return prefix;
        var after = CommonPrefix(request.After, request) == request.After ? ObjectKey.AfterAllWith(request.After) : ObjectKey.After(request.After);
        return ObjectKey.Compare(after, prefix) > 0 ? after : prefix;
    }

    static string? CommonPrefix(string key, ListRequest request)
    {
        if (request.Delimiter.Length == 0 || !key.StartsWith(request.Prefix, StringComparison.Ordinal)) return null;
        var delimiter = key.IndexOf(request.Delimiter, request.Prefix.Length, StringComparison.Ordinal);
        return delimiter < 0 ? null : key[..(delimiter + request.Delimiter.Length)];
    }
}
