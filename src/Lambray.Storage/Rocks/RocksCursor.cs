using System.Runtime.InteropServices;

namespace Lambray.Storage.Rocks;

/// <summary>Walks the keys of a range in their order, or from the last to the first, over the table as it was when the cursor was made.</summary>
public sealed unsafe class RocksCursor : IDisposable
{
    readonly RocksDatabase.Reading reading;
    readonly byte* bounds;
    readonly bool isBackward;
    readonly nint options;
    readonly nint iterator;
    bool started;
    bool disposed;

    internal RocksCursor(RocksDatabase.Reading reading, RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end, bool isBackward)
    {
        this.reading = reading;
        this.isBackward = isBackward;
        // RocksDB keeps the pointers for as long as the iterator lives.
        bounds = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, end.Length + start.Length));
        end.CopyTo(new Span<byte>(bounds, end.Length));
        start.CopyTo(new Span<byte>(bounds + end.Length, start.Length));
        options = RocksNative.ReadOptionsCreate();
        RocksNative.SetUpperBound(options, bounds, (nuint)end.Length);
        if (isBackward) RocksNative.SetLowerBound(options, bounds + end.Length, (nuint)start.Length);
        iterator = RocksNative.IteratorCreate(reading.Database, options, table.Handle);
        if (isBackward) RocksNative.IteratorSeekLast(iterator);
        else RocksNative.IteratorSeek(iterator, bounds + end.Length, (nuint)start.Length);
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

    /// <summary>Goes to the first key of the way, then to each after; false at the end of the range.</summary>
    public bool MoveNext()
    {
        if (started && isBackward) RocksNative.IteratorPrevious(iterator);
        else if (started) RocksNative.IteratorNext(iterator);
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
        NativeMemory.Free(bounds);
        reading.Dispose();
    }
}
