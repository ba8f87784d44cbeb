namespace Lambray.Storage.Rocks;

/// <summary>Changes that are written together or not at all. For one thread.</summary>
public sealed unsafe class RocksBatch : IDisposable
{
    internal nint Handle { get; private set; } = RocksNative.BatchCreate();

    public void Put(RocksTable table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        fixed (byte* keyStart = key)
        fixed (byte* valueStart = value)
            RocksNative.BatchPut(Handle, table.Handle, keyStart, (nuint)key.Length, valueStart, (nuint)value.Length);
    }

    public void Delete(RocksTable table, ReadOnlySpan<byte> key)
    {
        fixed (byte* keyStart = key)
            RocksNative.BatchDelete(Handle, table.Handle, keyStart, (nuint)key.Length);
    }

    /// <param name="end">The first key that stays.</param>
    public void DeleteRange(RocksTable table, ReadOnlySpan<byte> start, ReadOnlySpan<byte> end)
    {
        fixed (byte* startStart = start)
        fixed (byte* endStart = end)
            RocksNative.BatchDeleteRange(Handle, table.Handle, startStart, (nuint)start.Length, endStart, (nuint)end.Length);
    }

    public void Dispose()
    {
        if (Handle == 0) return;
        RocksNative.BatchDestroy(Handle);
        Handle = 0;
    }
}
