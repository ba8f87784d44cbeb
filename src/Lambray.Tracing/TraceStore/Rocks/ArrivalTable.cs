using Lambray.Storage.Rocks;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>Which traces were written to and are not indexed yet.</summary>
/// <remarks>
/// <code>
/// arrival   traces
/// 1041      6b038d87… 6b038d88…
/// </code>
/// </remarks>
sealed class ArrivalTable(RocksDatabase database, RocksTable table)
{
    static readonly byte[] First = new byte[8];

    readonly ByteWriter key = new();
    readonly ByteWriter value = new();
    long droppedThrough;

    /// <summary>Only for the thread that writes.</summary>
    public void Put(RocksBatch batch, long arrival, IReadOnlyList<StoredDocument> documents)
    {
        value.Clear();
        TraceId? last = null;
        foreach (var document in documents)
            if (document.TraceId != last) value.Trace((last = document.TraceId).Value);
        batch.Put(table, key.Clear().UInt64((ulong)arrival).Written, value.Written);
    }

    /// <summary>One key after the other: many ranges that were deleted would slow down every reading of the table.</summary>
    public void DropThrough(RocksBatch batch, long arrival)
    {
        var key = new ByteWriter();
        while (droppedThrough < arrival) batch.Delete(table, key.Clear().UInt64((ulong)++droppedThrough).Written);
    }

    /// <summary>What was left when the database was closed, and the number of the last arrival.</summary>
    public (IReadOnlyList<TraceId> Traces, long Last) Read()
    {
        var traces = new HashSet<TraceId>();
        long? first = null;
        long last = 0;
        using var cursor = database.Walk(table, First, new ByteWriter().UInt64(ulong.MaxValue).Written);
        while (cursor.MoveNext())
        {
            last = (long)new ByteReader(cursor.Key).UInt64();
            first ??= last;
            var value = new ByteReader(cursor.Value);
            while (value.Rest.Length > 0) traces.Add(value.Trace());
        }
        droppedThrough = first - 1 ?? 0;
        return ([.. traces], last);
    }
}
