using Lambray.Storage.Rocks;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceStore.Rocks;

/// <summary>The day that a trace is filed under, so that old days can be dropped whole: that of its id.</summary>
/// <remarks>
/// An id whose time cannot be meant, as of one made from a W3C id, is filed under the day on which it was first seen, and that is written down:
/// <code>
/// table strays   trace                      day
///                f00dcafe…                  20780
/// </code>
/// </remarks>
sealed class TraceDays
{
    // The clocks of senders differ, and time zones are got wrong.
    static readonly TimeSpan AheadMax = TimeSpan.FromDays(1);

    static readonly byte[] BehindAll = [.. Enumerable.Repeat(byte.MaxValue, 17)];

    readonly RocksDatabase database;
    readonly RocksTable strays;
    readonly TimeSpan retention;

    // Where nobody sends such ids, no trace is looked up.
    volatile bool hasStrays;

    public TraceDays(RocksDatabase database, RocksTable strays, TimeSpan retention)
    {
        (this.database, this.strays, this.retention) = (database, strays, retention);
        using var cursor = database.Walk(strays, [], BehindAll);
        hasStrays = cursor.MoveNext();
    }

    public static ushort Of(DateTimeOffset time) => OfSeconds(time.ToUnixTimeSeconds());

    public static ushort OfSeconds(long epochSeconds) => (ushort)Math.Clamp(epochSeconds / 86400, 0, ushort.MaxValue);

    public ushort Find(TraceId id) => FindStray(id) ?? OfSeconds(id.EpochSeconds);

    /// <summary>As <see cref="Find"/>, for a trace that may be new.</summary>
    /// <param name="batch">Gets a note of the day where the id does not tell it.</param>
    public ushort FindOrFile(TraceId id, DateTimeOffset received, RocksBatch batch)
    {
        if (FindStray(id) is { } known) return known;
        var told = DateTimeOffset.FromUnixTimeSeconds(id.EpochSeconds);
        if (told > received - retention && told < received + AheadMax) return OfSeconds(id.EpochSeconds);
        var day = Of(received);
        batch.Put(strays, Key(id), new ByteWriter().UInt16(day).Written);
        hasStrays = true;
        return day;
    }

    public void DropBefore(ushort day)
    {
        using var batch = new RocksBatch();
        using var cursor = database.Walk(strays, [], BehindAll);
        while (cursor.MoveNext())
            if (new ByteReader(cursor.Value).UInt16() < day) batch.Delete(strays, cursor.Key);
        database.Write(batch, sync: false);
    }

    ushort? FindStray(TraceId id) => hasStrays && database.Find(strays, Key(id)) is { } day ? new ByteReader(day).UInt16() : null;

    static ReadOnlySpan<byte> Key(TraceId id) => new ByteWriter().Trace(id).Written;
}
