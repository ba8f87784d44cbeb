using System.Buffers;
using System.Runtime.InteropServices;

namespace Lambray.Storage.Rocks;

/// <summary>One embedded RocksDB: ordered tables of bytes, written in batches that survive a crash, read by any number of threads.</summary>
/// <remarks>
/// A write with <c>sync</c> that has returned survives power loss; any other survives <c>kill -9</c>, and is never kept without those before it.
/// </remarks>
public sealed unsafe class RocksDatabase : IDisposable
{
    // A filter costs 10 bits for each key and spares 99 of 100 reads of keys that are not there.
    const double FilterBitsPerKey = 10;
    const int BlockFormat = 5;
    const int MetadataBlockBytes = 4096;

    readonly Handle handle;
    readonly nint synced = RocksNative.WriteOptionsCreate();
    readonly nint unsynced = RocksNative.WriteOptionsCreate();
    readonly nint read = RocksNative.ReadOptionsCreate();

    RocksDatabase(Handle handle, IReadOnlyList<RocksTable> tables)
    {
        this.handle = handle;
        Tables = tables;
        RocksNative.SetSync(synced, 1);
    }

    /// <summary>In the order of the shapes that the database was opened with.</summary>
    public IReadOnlyList<RocksTable> Tables { get; }

    /// <summary>Opens or creates the directory.</summary>
    /// <exception cref="RocksException">It is damaged, or open in another process.</exception>
    public static RocksDatabase Open(string directory, IReadOnlyList<RocksTableShape> shapes, RocksMemory memory)
    {
        Directory.CreateDirectory(directory);
        var cache = RocksNative.CacheCreate((nuint)memory.CacheBytes);
        // RocksDB insists on a table of this name; ours all have names of their own.
        RocksTableShape[] all = [new("default", shapes[0].BlockBytes), .. shapes];
        var options = DatabaseOptions(memory);
        var names = all.Select(shape => Marshal.StringToCoTaskMemUTF8(shape.Name)).ToArray();
        var tableOptions = all.Select(shape => TableOptions(shape, cache, memory)).ToArray();
        var tables = new nint[all.Length];
        try
        {
            var database = RocksNative.Open(options, directory, all.Length, names, tableOptions, tables, out var error);
            RocksException.ThrowIf(error);
            return new RocksDatabase(new Handle(database, tables), [.. tables.Skip(1).Select(table => new RocksTable(table))]);
        }
        finally
        {
            foreach (var name in names) Marshal.FreeCoTaskMem(name);
            foreach (var of in tableOptions) RocksNative.OptionsDestroy(of);
            RocksNative.OptionsDestroy(options);
            // The tables hold it for as long as they need it.
            RocksNative.CacheDestroy(cache);
        }
    }

    public void Write(RocksBatch batch, bool sync)
    {
        using var reading = Enter();
        RocksNative.Write(reading.Database, sync ? synced : unsynced, batch.Handle, out var error);
        RocksException.ThrowIf(error);
    }

    /// <summary>Has all writes so far survive power loss, those without <c>sync</c> too.</summary>
    public void Sync()
    {
        using var reading = Enter();
        RocksNative.FlushLog(reading.Database, sync: 1, out var error);
        RocksException.ThrowIf(error);
    }

    /// <summary>A copy of the value; null when there is none.</summary>
    public byte[]? Find(RocksTable table, ReadOnlySpan<byte> key)
    {
        using var reading = Enter();
        var slice = Pin(reading, table, key);
        if (slice == 0) return null;
        var value = RocksNative.PinnedValue(slice, out var length);
        var copy = new ReadOnlySpan<byte>(value, (int)length).ToArray();
        RocksNative.PinnedDestroy(slice);
        return copy;
    }

    public bool Has(RocksTable table, ReadOnlySpan<byte> key)
    {
        using var reading = Enter();
        var slice = Pin(reading, table, key);
        if (slice != 0) RocksNative.PinnedDestroy(slice);
        return slice != 0;
    }

    /// <param name="end">The first key beyond the range.</param>
    public RocksCursor Walk(RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end) => new(Enter(), table, start, end, isBackward: false);

    /// <summary>From the last key of the range to the first.</summary>
    /// <param name="end">The first key beyond the range.</param>
    public RocksCursor WalkBack(RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end) => new(Enter(), table, start, end, isBackward: true);

    /// <summary>About how many bytes of a table lie in a range, compressed, those only in memory included.</summary>
    public long ApproximateBytes(RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        using var reading = Enter();
        ulong size;
        var (startLength, endLength) = ((nuint)start.Length, (nuint)end.Length);
        fixed (byte* startStart = start)
        fixed (byte* endStart = end)
        {
            byte* first = startStart, last = endStart;
            RocksNative.ApproximateSizes(
                reading.Database, table.Handle, 1, &first, &startLength, &last, &endLength, RocksNative.FilesAndMemory, &size, out var error);
            RocksException.ThrowIf(error);
        }
        return (long)size;
    }

    /// <summary>Drops whole files that lie in a range at once, and what is left of it with the next compactions.</summary>
    public void DeleteRange(RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        if (!HasAny(table, start, end)) return;
        DeleteFiles(table, start, end);
        using var batch = new RocksBatch();
        batch.DeleteRange(table, start, end);
        Write(batch, sync: false);
    }

    public void Dispose()
    {
        if (handle.IsClosed) return;
        handle.Dispose();
        RocksNative.WriteOptionsDestroy(synced);
        RocksNative.WriteOptionsDestroy(unsynced);
        RocksNative.ReadOptionsDestroy(read);
    }

    static nint DatabaseOptions(RocksMemory memory)
    {
        var options = RocksNative.OptionsCreate();
        RocksNative.SetCreateIfMissing(options, 1);
        RocksNative.SetCreateMissingTables(options, 1);
        RocksNative.SetBackgroundJobsMax(options, 2);
        RocksNative.SetWriteBuffersBytes(options, (nuint)memory.WriteBuffersBytes);
        RocksNative.SetLogBytesMax(options, (ulong)memory.WriteBuffersBytes * 2);
        RocksNative.SetInfoLogsMax(options, 2);
        RocksNative.SetInfoLogBytesMax(options, 1024 * 1024);
        RocksNative.SetStatisticsPeriod(options, 0);
        return options;
    }

    // Fresh files are packed fast, for they are soon merged into others; those that stay are packed well.
    static nint TableOptions(RocksTableShape shape, nint cache, RocksMemory memory)
    {
        var tables = RocksNative.TablesCreate();
        RocksNative.SetBlockBytes(tables, (nuint)shape.BlockBytes);
        RocksNative.SetBlockCache(tables, cache);
        // In small blocks, of which only those in use take part of the cache; whole, those of one large file would fill it.
        RocksNative.SetCacheIndexAndFilter(tables, 1);
        RocksNative.SetIndexType(tables, RocksNative.TwoLevelIndex);
        RocksNative.SetMetadataBlockBytes(tables, MetadataBlockBytes);
        RocksNative.SetPinTopLevel(tables, 1);
        if (shape.LookedUp)
        {
            RocksNative.SetFilter(tables, RocksNative.FilterCreate(FilterBitsPerKey, 1));
            RocksNative.SetPartitionFilters(tables, 1);
        }
        RocksNative.SetFormatVersion(tables, BlockFormat);
        var options = RocksNative.OptionsCreate();
        RocksNative.SetWriteBufferBytes(options, (nuint)(memory.WriteBuffersBytes / 2));
        RocksNative.SetDynamicLevels(options, 1);
        RocksNative.SetCompression(options, RocksNative.Lz4);
        RocksNative.SetBottomCompression(options, RocksNative.Zstd);
        RocksNative.SetBlockTables(options, tables);
        RocksNative.TablesDestroy(tables);
        return options;
    }

    bool HasAny(RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        using var cursor = Walk(table, start, end);
        return cursor.MoveNext();
    }

    void DeleteFiles(RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        using var reading = Enter();
        fixed (byte* startStart = start)
        fixed (byte* endStart = end)
        {
            RocksNative.DeleteFilesInRange(reading.Database, table.Handle, startStart, (nuint)start.Length, endStart, (nuint)end.Length, out var error);
            RocksException.ThrowIf(error);
        }
    }

    nint Pin(Reading reading, RocksTable table, ReadOnlySpan<byte> key)
    {
        fixed (byte* start = key)
        {
            var slice = RocksNative.GetPinned(reading.Database, read, table.Handle, start, (nuint)key.Length, out var error);
            RocksException.ThrowIf(error);
            return slice;
        }
    }

    Reading Enter() => new(handle);

    /// <summary>Keeps the database open for as long as somebody is inside.</summary>
    internal readonly struct Reading : IDisposable
    {
        readonly Handle handle;

        public Reading(Handle handle)
        {
            this.handle = handle;
            var entered = false;
            handle.DangerousAddRef(ref entered);
        }

        public nint Database => handle.DangerousGetHandle();

        public void Dispose() => handle.DangerousRelease();
    }

    internal sealed class Handle : SafeHandle
    {
        readonly nint[] tables;

        public Handle(nint database, nint[] tables)
            : base(0, ownsHandle: true)
        {
            SetHandle(database);
            this.tables = tables;
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            RocksNative.CancelBackgroundWork(handle, 1);
            foreach (var table in tables) RocksNative.TableDestroy(table);
            RocksNative.Close(handle);
            return true;
        }
    }
}

/// <param name="WriteBuffersBytes">What is written waits in memory, beside the log, until so much has come together.</param>
/// <param name="CacheBytes">Blocks that were read.</param>
public sealed record RocksMemory(long WriteBuffersBytes, long CacheBytes);
