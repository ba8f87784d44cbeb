using Lambray.Storage.Rocks;

namespace Lambray.Resources.Messaging;

/// <summary>Ordered tables in one directory, and one writer that makes many changes durable with one sync.</summary>
public abstract class DurableTables : IAsyncDisposable
{
    private protected const int LongValues = 16 * 1024;
    private protected const int ShortValues = 4 * 1024;

    static readonly RocksMemory Memory = new(WriteBuffersBytes: 32 * 1024 * 1024, CacheBytes: 16 * 1024 * 1024);

    private protected DurableTables(string directory, RocksTableShape[] shapes)
    {
        Rocks = RocksDatabase.Open(directory, shapes, Memory);
        Writes = new DurableWrites(Rocks);
    }

    public DurableWrites Writes { get; }

    internal RocksDatabase Rocks { get; }

    public async ValueTask DisposeAsync()
    {
        await Writes.DisposeAsync();
        Rocks.Dispose();
        GC.SuppressFinalize(this);
    }
}
