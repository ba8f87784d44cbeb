using System.Runtime.InteropServices;

namespace Lambray.Storage.Rocks;

/// <summary>Walks the keys of a range in their order, over the table as it was when the cursor was made.</summary>
public sealed unsafe class RocksCursor : IDisposable
{
    readonly RocksDatabase.Reading reading;
    readonly byte* end;
    readonly nint options;
    readonly nint iterator;
    bool started;
    bool disposed;

    internal RocksCursor(RocksDatabase.Reading reading, RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        this.reading = reading;
        // RocksDB keeps the pointer for as long as the iterator lives.
        this.end = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, end.Length));
        end.CopyTo(new Span<byte>(this.end, end.Length));
        options = RocksNative.ReadOptionsCreate();
        RocksNative.SetUpperBound(options, this.end, (nuint)end.Length);
        iterator = RocksNative.IteratorCreate(reading.Database, options, table.Handle);
        fixed (byte* key = start) RocksNative.IteratorSeek(iterator, key, (nuint)start.Length);
    }

    /// <summary>The key here; valid until the next move.</summary>
    public ReadOnlySpan<byte> Key
    {
        get
        {
            var key = RocksNative.IteratorKey(iterator, out var length);
            return new ReadOnlySpan<byte>(key, (int)length);
        }
    }

    /// <inheritdoc cref="Key"/>
    public ReadOnlySpan<byte> Value
    {
        get
        {
            var value = RocksNative.IteratorValue(iterator, out var length);
            return new ReadOnlySpan<byte>(value, (int)length);
        }
    }

    /// <summary>Goes to the first key, then to each after; false at the end of the range.</summary>
    public bool MoveNext()
    {
        if (started) RocksNative.IteratorNext(iterator);
        started = true;
        if (RocksNative.IteratorValid(iterator) != 0) return true;
        RocksNative.IteratorError(iterator, out var error);
        RocksException.ThrowIf(error);
        return false;
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        RocksNative.IteratorDestroy(iterator);
        RocksNative.ReadOptionsDestroy(options);
        NativeMemory.Free(end);
        reading.Dispose();
    }
}
