using Lambray.Storage.Rocks;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The documents as they were sent.</summary>
/// <remarks>
/// One in progress stays beside the complete one that replaces it: nothing has to be read before a document is written.
/// <code>
/// day    trace      segment            complete   json
/// 20780  6b038d87…  5e97f57bb11bed5b   0          {"id":…,"in_progress":true}
/// 20780  6b038d87…  5e97f57bb11bed5b   1          {"id":…,"end_time":…}
/// </code>
/// </remarks>
sealed class DocumentTable(RocksDatabase database, RocksTable table)
{
    readonly ByteWriter key = new();

    /// <summary>Only for the thread that writes.</summary>
    public void Put(RocksBatch batch, ushort day, StoredDocument document)
    {
        key.Clear().UInt16(day).Trace(document.TraceId).UInt64(document.Id.Value).Byte(document.InProgress ? (byte)0 : (byte)1);
        batch.Put(table, key.Written, document.Json.Span);
    }

    public IReadOnlyList<StoredDocument> Read(ushort day, TraceId id)
    {
        var found = new List<StoredDocument>();
        var start = new ByteWriter().UInt16(day).Trace(id);
        var end = new ByteWriter().Bytes(start.Written).UInt64(ulong.MaxValue).Byte(byte.MaxValue);
        using var cursor = database.Walk(table, start.Written, end.Written);
        while (cursor.MoveNext())
        {
            var key = new ByteReader(cursor.Key[start.Written.Length..]);
            var document = new StoredDocument(id, new SegmentId(key.UInt64()), InProgress: key.Byte() == 0, cursor.Value.ToArray());
            if (found.Count > 0 && found[^1].Id == document.Id) found[^1] = document;
            else found.Add(document);
        }
        return found;
    }

    public void DropBefore(ushort day) => database.DeleteRange(table, new ByteWriter().UInt16(0).Written, new ByteWriter().UInt16(day).Written);
}
