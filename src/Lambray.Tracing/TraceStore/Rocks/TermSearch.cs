using Lambray.Storage.Rocks;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>Goes through the traces that have one of some terms, newest first, each once: day by day, for a day's terms lie together.</summary>
sealed class TermSearch(RocksDatabase database, RocksTable terms)
{
    const long DayMicroseconds = 86400_000_000;

    // The day and the term.
    const int PrefixBytes = 10;

    /// <summary>The first key of the days before one.</summary>
    public static ByteWriter WriteDay(ByteWriter to, long microseconds) => to.UInt16((ushort)~TraceDays.OfSeconds(microseconds / 1_000_000));

    public IEnumerable<TraceMark> Find(IReadOnlyList<ulong> hashes, MicrosecondRange range, TraceMark? after)
    {
        foreach (var day in DaysOf(range))
        {
            foreach (var mark in FindIn(day, hashes))
                if (mark != after && (after is not { } last || IsBehind(mark, last))) yield return mark;
        }
    }

    /// <summary>About how much there is to go through; once it is more than <paramref name="enough"/>, no matter how much more.</summary>
    public long ApproximateBytes(IReadOnlyList<ulong> hashes, MicrosecondRange range, long enough)
    {
        long bytes = 0;
        foreach (var day in DaysOf(range))
        {
            foreach (var hash in hashes) bytes += database.ApproximateBytes(terms, Start(day, hash), End(day, hash));
            if (bytes > enough) break;
        }
        return bytes;
    }

    IEnumerable<TraceMark> FindIn(MicrosecondRange day, IReadOnlyList<ulong> hashes)
    {
        var cursors = new PriorityQueue<RocksCursor, TraceMark>(NewestFirst);
        try
        {
            foreach (var hash in hashes) Advance(cursors, database.Walk(terms, Start(day, hash), End(day, hash)));
            TraceMark? last = null;
            while (cursors.TryDequeue(out var cursor, out var mark))
            {
                Advance(cursors, cursor);
                if (mark != last) yield return mark;
                last = mark;
            }
        }
        finally
        {
            while (cursors.TryDequeue(out var cursor, out _)) cursor.Dispose();
        }
    }

    static void Advance(PriorityQueue<RocksCursor, TraceMark> cursors, RocksCursor cursor)
    {
        if (!cursor.MoveNext())
        {
            cursor.Dispose();
            return;
        }
        cursors.Enqueue(cursor, new ByteReader(cursor.Key[PrefixBytes..]).Newest());
    }

    // Those that have any terms: a range may reach back to 1970.
    IEnumerable<MicrosecondRange> DaysOf(MicrosecondRange range)
    {
        var end = range.To;
        while (end > range.From && FindDay(end - 1) is { } day)
        {
            var start = day * DayMicroseconds;
            if (start + DayMicroseconds <= range.From) yield break;
            yield return new MicrosecondRange(Math.Max(range.From, start), Math.Min(end, start + DayMicroseconds));
            end = start;
        }
    }

    ushort? FindDay(long latest)
    {
        using var cursor = database.Walk(terms, WriteDay(new ByteWriter(), latest).Written, LastTrace);
        return cursor.MoveNext() ? (ushort)~new ByteReader(cursor.Key).UInt16() : null;
    }

    static byte[] Start(MicrosecondRange day, ulong hash) => Key(day, hash).Newest(day.To - 1).Written.ToArray();

    // The key of the microsecond before the range would lie in the day before: take the last key of this day's.
    static byte[] End(MicrosecondRange day, ulong hash) => Key(day, hash).Newest(day.From).Bytes(LastTrace).Written.ToArray();

    static ByteWriter Key(MicrosecondRange day, ulong hash) => WriteDay(new ByteWriter(), day.From).UInt64(hash);

    static readonly byte[] LastTrace = [.. Enumerable.Repeat(byte.MaxValue, 17)];

    static readonly IComparer<TraceMark> NewestFirst = Comparer<TraceMark>.Create(Compare);

    static bool IsBehind(TraceMark mark, TraceMark last) => Compare(mark, last) > 0;

    // As the keys are ordered.
    static int Compare(TraceMark left, TraceMark right) =>
        right.Microseconds.CompareTo(left.Microseconds) is var byTime and not 0 ? byTime : right.TraceId.CompareTo(left.TraceId);
}
