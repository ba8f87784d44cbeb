namespace Lambray.Resources.Logs;

/// <summary>Events of many blocks in one order, each block opened no sooner than its events may be next.</summary>
static class BlockMerge
{
    /// <param name="headers">By their first event; from the end, by their last.</param>
    public static IEnumerable<StoredEvent> Merge(IEnumerable<BlockHeader> headers, Func<long, byte[]> packed, bool fromEnd)
    {
        var open = new PriorityQueue<Cursor, LogPosition>(fromEnd ? Comparer<LogPosition>.Create((a, b) => b.CompareTo(a)) : null);
        foreach (var header in headers)
        {
            while (open.TryPeek(out _, out var next) && (fromEnd ? next.Timestamp > header.Last : next.Timestamp < header.First)) yield return Take(open);
            var cursor = new Cursor(header, PackedEvents.Unpack(packed(header.Number)), fromEnd);
            open.Enqueue(cursor, cursor.Position);
        }
        while (open.Count > 0) yield return Take(open);
    }

    static StoredEvent Take(PriorityQueue<Cursor, LogPosition> open)
    {
        var cursor = open.Dequeue();
        var taken = cursor.Event;
        if (cursor.TryAdvance()) open.Enqueue(cursor, cursor.Position);
        return taken;
    }

    sealed class Cursor(BlockHeader header, IReadOnlyList<LogEvent> events, bool fromEnd)
    {
        int index = fromEnd ? events.Count - 1 : 0;

        public LogPosition Position => new(events[index].Timestamp, header.Number, index);

        public StoredEvent Event => new(Position, header.Stream, header.Ingestion, events[index].Message);

        public bool TryAdvance()
        {
            index += fromEnd ? -1 : 1;
            return index >= 0 && index < events.Count;
        }
    }
}
