using Microsoft.Data.Sqlite;

namespace Lambray.Resources.S3.Versions;

/// <summary>A version or a delete marker as it appears in a listing.</summary>
public sealed record ListedVersion(StoredObject Stored, bool IsLatest)
{
    internal static KeyPage<ListedVersion> List(SqliteConnection connection, ListRequest request)
    {
        var before = BeforeOf(connection, request);
        return KeyPage<ListedVersion>.Read(request, version => version.Stored.Key, (from, isWithin, to, rowsMax) =>
        {
            var rows = VersionRows.ListAll(connection, request.Bucket, from, isWithin ? before : long.MaxValue, to, rowsMax);
            // The newest of a key comes first, unless the page goes on within that key.
            var previous = isWithin ? request.After : null;
            var listed = new List<ListedVersion>(rows.Count);
            foreach (var (stored, isCurrent) in rows)
            {
                listed.Add(new ListedVersion(stored, isCurrent || stored.Key != previous));
                previous = stored.Key;
            }
            return listed;
        });
    }

    /// <summary>The place of the version that the last page ended with, which may have been deleted since: then the key is begun anew.</summary>
    static long BeforeOf(SqliteConnection connection, ListRequest request)
    {
        if (request.AfterId is not { } version) return long.MaxValue;
        if (ObjectRows.Find(connection, request.Bucket, request.After) is { } current && current.VersionId == version) return current.Sequence;
        return VersionRows.Find(connection, request.Bucket, request.After, version)?.Sequence ?? long.MaxValue;
    }
}
