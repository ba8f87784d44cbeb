using Lambray.Storage.Rocks;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The rows of traces, the orders in which they are gone through, and the terms by which they are found.</summary>
/// <remarks>
/// Times in keys of orders and terms are inverted, days too, so that the newest comes first.
/// <code>
/// table rows     day    trace                    value
///                20780  6b038d87…                see EntryRecord
/// table orders   type   time                     trace
///                0      1795394952020000         6b038d87…      by start
///                1      1795394952100000         6b038d87…      by update
///                2      1795394952042000         6b038d87…      by end
/// </code>
/// </remarks>
sealed class EntryTable(RocksDatabase database, TraceDays days, RocksTable rows, RocksTable orders, RocksTable terms, PartTable parts)
{
    readonly ByteWriter key = new();
    readonly ByteWriter value = new();

    public bool Has(TraceId id) => database.Has(rows, RowKey(id));

    public EntryRecord? Find(TraceId id) => database.Find(rows, RowKey(id)) is { } value ? EntryRecord.Read(value) : null;

    /// <summary>Only for the thread that writes.</summary>
    public EntryRecord Put(RocksBatch batch, TraceEntry entry, DateTimeOffset updated, CellChanges changes)
    {
        var old = Find(entry.Id);
        var now = new EntryRecord(
            entry.Start.EpochMicroseconds, Math.Max(entry.Start.EpochMicroseconds, entry.End.EpochMicroseconds), SegmentTime.From(updated).EpochMicroseconds,
            (old?.Revision ?? 0) + 1, [.. entry.Groups], HashesOf(entry.Terms), CountsOf(entry.Counts, batch), entry.Row);
        if (old is not null) changes.Remove(old);
        changes.Add(now);
        now.Write(value);
        batch.Put(rows, RowKey(entry.Id), value.Written);
        PutOrders(batch, entry.Id, old, now);
        PutTerms(batch, entry.Id, old, now);
        return now;
    }

    /// <summary>The entries, found or not, of the traces that began in a second.</summary>
    public IEnumerable<(TraceId Id, EntryRecord Entry)> FindBegunIn(long second)
    {
        using var cursor = database.Walk(
            orders, OrderStart(TraceTimeRangeType.TraceId, (second + 1) * 1_000_000), OrderEnd(TraceTimeRangeType.TraceId, second * 1_000_000));
        while (cursor.MoveNext())
        {
            var id = new ByteReader(cursor.Key[1..]).Newest().TraceId;
            if (Find(id) is { } entry) yield return (id, entry);
        }
    }

    public TracePage Search(TraceSearch search, TraceMark? after, int rowsMax)
    {
        using var candidates = FindCandidates(search, after);
        var page = new List<IndexedTrace>();
        TraceMark? last = null;
        while (page.Count < rowsMax && candidates.MoveNext())
        {
            var mark = candidates.Current;
            last = mark;
            // A trace whose days were dropped between the two looks has no row.
            if (FindRow(mark.TraceId) is not { } found || !IsIn(search.Range, found)) continue;
            page.Add(new IndexedTrace(mark, found.Revision, Time(found.UpdatedMicroseconds), found.Row));
        }
        return new TracePage(page, page.Count == rowsMax ? last : null);
    }

    public void DropBefore(ushort day)
    {
        var last = day * 86400_000_000L - 1;
        database.DeleteRange(rows, new ByteWriter().UInt16(0).Written, new ByteWriter().UInt16(day).Written);
        database.DeleteRange(terms, TermSearch.WriteDay(new ByteWriter(), last).Written, new ByteWriter().UInt16(ushort.MaxValue).Byte(1).Written);
        foreach (var type in Enum.GetValues<TraceTimeRangeType>()) database.DeleteRange(orders, OrderStart(type, last + 1), OrderEnd(type, 0));
    }

    void PutOrders(RocksBatch batch, TraceId id, EntryRecord? old, EntryRecord now)
    {
        foreach (var type in Enum.GetValues<TraceTimeRangeType>())
        {
            if (old is { Listed: true } && (!now.Listed || TimeOf(old, type) != TimeOf(now, type))) batch.Delete(orders, OrderKey(type, new TraceMark(TimeOf(old, type), id)));
            if (now.Listed) batch.Put(orders, OrderKey(type, new TraceMark(TimeOf(now, type), id)), []);
        }
    }

    void PutTerms(RocksBatch batch, TraceId id, EntryRecord? old, EntryRecord now)
    {
        var moved = old is not null && old.StartMicroseconds != now.StartMicroseconds;
        if (old is not null)
            foreach (var hash in old.TermHashes)
                if (moved || Array.BinarySearch(now.TermHashes, hash) < 0) batch.Delete(terms, TermKey(hash, new TraceMark(old.StartMicroseconds, id)));
        foreach (var hash in now.TermHashes)
            if (old is null || moved || Array.BinarySearch(old.TermHashes, hash) < 0) batch.Put(terms, TermKey(hash, new TraceMark(now.StartMicroseconds, id)), []);
    }

    IEnumerator<TraceMark> FindCandidates(TraceSearch search, TraceMark? after)
    {
        var range = MicrosecondRange.Of(search.Range, after);
        if (search.Range.Type == TraceTimeRangeType.TraceId && FindNarrowest(search, range) is { } clause)
            return new TermSearch(database, terms).Find(clause, range, after).GetEnumerator();
        return WalkOrder(search.Range.Type, range, after).GetEnumerator();
    }

    // The terms of one clause, where going through those is less work than going through all traces.
    ulong[]? FindNarrowest(TraceSearch search, MicrosecondRange range)
    {
        ulong[]? narrowest = null;
        var fewest = database.ApproximateBytes(orders, OrderStart(search.Range.Type, range.To), OrderEnd(search.Range.Type, range.From));
        var scratch = new ByteWriter();
        foreach (var clause in search.Clauses)
        {
            ulong[] hashes = [.. clause.Select(term => Hashing.Of(term, scratch)).Distinct()];
            var bytes = new TermSearch(database, terms).ApproximateBytes(hashes, range, fewest);
            if (bytes > fewest || (bytes == fewest && narrowest is not null)) continue;
            (narrowest, fewest) = (hashes, bytes);
        }
        return narrowest;
    }

    IEnumerable<TraceMark> WalkOrder(TraceTimeRangeType type, MicrosecondRange range, TraceMark? after)
    {
        var start = after is { } mark ? OrderKey(type, mark) : OrderStart(type, range.To);
        using var cursor = database.Walk(orders, start, OrderEnd(type, range.From));
        while (cursor.MoveNext())
        {
            var found = new ByteReader(cursor.Key[1..]).Newest();
            if (found != after) yield return found;
        }
    }

    FoundEntry? FindRow(TraceId id)
    {
        if (database.Find(rows, RowKey(id)) is not { } value) return null;
        var from = new ByteReader(value);
        return FoundEntry.Read(value, ref from) is { Row.Length: > 0 } found ? found : null;
    }

    ulong[] HashesOf(IReadOnlyList<TraceTerm> of)
    {
        var hashes = new ulong[of.Count];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = Hashing.Of(of[i], key);
        Array.Sort(hashes);
        return hashes;
    }

    HashedCount[] CountsOf(IReadOnlyList<GraphCount> of, RocksBatch batch)
    {
        var counts = new HashedCount[of.Count];
        for (var i = 0; i < counts.Length; i++) counts[i] = new HashedCount(parts.HashOf(of[i].Part, batch), of[i]);
        return counts;
    }

    static bool IsIn(TraceTimeRange range, FoundEntry record)
    {
        var (from, to) = (SegmentTime.From(range.Start).EpochMicroseconds, SegmentTime.From(range.End).EpochMicroseconds);
        return range.Type switch
        {
            // Being written to during the range: begun before its end, and not finished before its start.
            TraceTimeRangeType.Event => record.UpdatedMicroseconds >= from && record.StartMicroseconds < to,
            TraceTimeRangeType.Service => record.EndMicroseconds >= from && record.EndMicroseconds < to,
            _ => record.StartMicroseconds >= from && record.StartMicroseconds < to,
        };
    }

    static long TimeOf(EntryRecord record, TraceTimeRangeType type) => type switch
    {
        TraceTimeRangeType.Event => record.UpdatedMicroseconds,
        TraceTimeRangeType.Service => record.EndMicroseconds,
        _ => record.StartMicroseconds,
    };

    byte[] RowKey(TraceId id) => new ByteWriter().UInt16(days.Find(id)).Trace(id).Written.ToArray();

    static byte[] OrderKey(TraceTimeRangeType type, TraceMark mark) => new ByteWriter().Byte((byte)type).Newest(mark).Written.ToArray();

    static byte[] OrderStart(TraceTimeRangeType type, long to) => new ByteWriter().Byte((byte)type).Newest(to - 1).Written.ToArray();

    static byte[] OrderEnd(TraceTimeRangeType type, long from) =>
        from <= 0 ? [(byte)(type + 1)] : new ByteWriter().Byte((byte)type).Newest(from - 1).Written.ToArray();

    ReadOnlySpan<byte> TermKey(ulong hash, TraceMark mark) => TermSearch.WriteDay(key.Clear(), mark.Microseconds).UInt64(hash).Newest(mark).Written;

    static DateTimeOffset Time(long microseconds) => new SegmentTime(microseconds / 1e6).ToDateTimeOffset();
}

/// <summary>Half-open.</summary>
readonly record struct MicrosecondRange(long From, long To)
{
    /// <param name="after">Nothing newer than this mark is wanted.</param>
    public static MicrosecondRange Of(TraceTimeRange range, TraceMark? after)
    {
        var to = SegmentTime.From(range.End).EpochMicroseconds;
        // A trace may have been written to again after the range.
        if (range.Type == TraceTimeRangeType.Event) to = long.MaxValue;
        return new MicrosecondRange(SegmentTime.From(range.Start).EpochMicroseconds, after is { } mark ? Math.Min(to, mark.Microseconds + 1) : to);
    }
}
