namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The figures of one cell, its times from the cell's beginning on.</summary>
static class TallyCodec
{
    public static void Write(GraphTally tally, long epochSeconds, ByteWriter to)
    {
        var origin = epochSeconds * 1_000_000;
        to.Clear().Signed(tally.SeenCount).Signed(tally.StartMicroseconds - origin).Signed(tally.EndMicroseconds - origin);
        to.Signed(tally.RootCount).Signed(tally.SentCount).Signed(tally.OkCount).Signed(tally.ErrorCount).Signed(tally.ThrottleCount).Signed(tally.FaultCount);
        to.Signed(tally.DurationMicroseconds).Number((ulong)tally.Durations.Count);
        var last = 0;
        foreach (var (milliseconds, calls) in tally.Durations)
        {
            to.Number((ulong)(milliseconds - last)).Signed(calls);
            last = milliseconds;
        }
    }

    public static GraphTally Read(ReadOnlySpan<byte> value, long epochSeconds)
    {
        var from = new ByteReader(value);
        var tally = ReadCounts(ref from, epochSeconds);
        var milliseconds = 0;
        for (var left = from.Number(); left > 0; left--) tally.Durations.Add(milliseconds += (int)from.Number(), (int)from.Signed());
        return tally;
    }

    /// <summary>Adds a cell's figures to those of others.</summary>
    /// <param name="durations">Gets the histogram, which <paramref name="sum"/> does not.</param>
    public static void Add(ReadOnlySpan<byte> value, long epochSeconds, GraphTally sum, DurationSum durations)
    {
        var from = new ByteReader(value);
        sum.Add(ReadCounts(ref from, epochSeconds));
        var milliseconds = 0;
        for (var left = from.Number(); left > 0; left--) durations.Add(milliseconds += (int)from.Number(), (int)from.Signed());
    }

    static GraphTally ReadCounts(ref ByteReader from, long epochSeconds)
    {
        var origin = epochSeconds * 1_000_000;
        return new GraphTally
        {
            SeenCount = from.Signed(),
            StartMicroseconds = origin + from.Signed(),
            EndMicroseconds = origin + from.Signed(),
            RootCount = from.Signed(),
            SentCount = from.Signed(),
            OkCount = from.Signed(),
            ErrorCount = from.Signed(),
            ThrottleCount = from.Signed(),
            FaultCount = from.Signed(),
            DurationMicroseconds = from.Signed(),
        };
    }
}
