namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The value of a row of the index: what has to be taken away again when the trace changes, and the row.</summary>
/// <param name="TermHashes">Of its terms, ascending.</param>
sealed record EntryRecord(
    long StartMicroseconds, long EndMicroseconds, long UpdatedMicroseconds, int Revision, uint[] Groups, ulong[] TermHashes, HashedCount[] Counts,
    ReadOnlyMemory<byte> Row)
{
    public const byte Version = 1;

    /// <summary>A trace without a row is not to be found.</summary>
    public bool Listed => Row.Length > 0;

    public void Write(ByteWriter to)
    {
        to.Clear().Byte(Version).UInt64((ulong)StartMicroseconds).Signed(EndMicroseconds - StartMicroseconds).Signed(UpdatedMicroseconds - StartMicroseconds);
        // The row stands before what only a change needs: a search reads no further.
        to.Number((ulong)Revision).Number((ulong)Row.Length).Bytes(Row.Span).Number((ulong)Groups.Length);
        foreach (var group in Groups) to.UInt32(group);
        to.Number((ulong)TermHashes.Length);
        foreach (var hash in TermHashes) to.UInt64(hash);
        to.Number((ulong)Counts.Length);
        foreach (var count in Counts) count.Write(to, StartMicroseconds);
    }

    public static EntryRecord Read(byte[] value)
    {
        var from = new ByteReader(value);
        var found = FoundEntry.Read(value, ref from);
        var groups = new uint[(int)from.Number()];
        for (var i = 0; i < groups.Length; i++) groups[i] = from.UInt32();
        var terms = new ulong[(int)from.Number()];
        for (var i = 0; i < terms.Length; i++) terms[i] = from.UInt64();
        var counts = new HashedCount[(int)from.Number()];
        for (var i = 0; i < counts.Length; i++) counts[i] = HashedCount.Read(ref from, found.StartMicroseconds);
        return new EntryRecord(found.StartMicroseconds, found.EndMicroseconds, found.UpdatedMicroseconds, found.Revision, groups, terms, counts, found.Row);
    }
}

/// <summary>What a search reads of an entry.</summary>
readonly record struct FoundEntry(long StartMicroseconds, long EndMicroseconds, long UpdatedMicroseconds, int Revision, ReadOnlyMemory<byte> Row)
{
    public static FoundEntry Read(byte[] value, ref ByteReader from)
    {
        if (from.Byte() is var version && version != EntryRecord.Version)
            throw new InvalidDataException($"A trace's index entry is of the unknown version {version}.");
        var start = (long)from.UInt64();
        var (end, updated, revision) = (start + from.Signed(), start + from.Signed(), (int)from.Number());
        var length = (int)from.Number();
        var row = value.AsMemory(value.Length - from.Rest.Length, length);
        from.Skip(length);
        return new FoundEntry(start, end, updated, revision, row);
    }
}

/// <summary>A count of a part of the map that is named by its hash.</summary>
/// <param name="Count">Its part is not told.</param>
readonly record struct HashedCount(ulong Part, GraphCount Count)
{
    const int OutcomeBits = 3;

    public void Write(ByteWriter to, long traceStart)
    {
        to.UInt64(Part).Signed(Count.StartMicroseconds - traceStart).Number((ulong)(Count.EndMicroseconds - Count.StartMicroseconds));
        to.Byte((byte)((int)Count.Outcome | (Count.Root ? 1 << OutcomeBits : 0) | (Count.Sent ? 2 << OutcomeBits : 0)));
    }

    public static HashedCount Read(ref ByteReader from, long traceStart)
    {
        var part = from.UInt64();
        var start = traceStart + from.Signed();
        var end = start + (long)from.Number();
        var flags = from.Byte();
        var outcome = (CallOutcome)(flags & ((1 << OutcomeBits) - 1));
        return new HashedCount(part, new GraphCount(default, start, end, outcome, (flags & (1 << OutcomeBits)) != 0, (flags & (2 << OutcomeBits)) != 0));
    }
}
