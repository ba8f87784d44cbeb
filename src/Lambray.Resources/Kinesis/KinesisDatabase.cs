using Lambray.Resources.Messaging;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Kinesis;

/// <summary>Where streams keep their settings and records: ordered tables in one directory, and one writer that makes many changes durable with one sync.</summary>
/// <remarks>docs/formats/kinesis.md tells what is in them.</remarks>
public sealed class KinesisDatabase : IAsyncDisposable
{
    const string DirectoryName = "kinesis";
    const int LongValues = 16 * 1024;
    const int ShortValues = 4 * 1024;

    static readonly RocksTableShape[] Shapes = [new("streams", ShortValues), new("tips", ShortValues), new("records", LongValues)];

    static readonly RocksMemory Memory = new(WriteBuffersBytes: 32 * 1024 * 1024, CacheBytes: 16 * 1024 * 1024);

    KinesisDatabase(RocksDatabase rocks)
    {
        Rocks = rocks;
        Writes = new DurableWrites(rocks);
    }

    public DurableWrites Writes { get; }

    internal RocksDatabase Rocks { get; }

    internal RocksTable Streams => Rocks.Tables[0];

    internal RocksTable Tips => Rocks.Tables[1];

    internal RocksTable Records => Rocks.Tables[2];

    public static KinesisDatabase Open(string dataDirectory) => new(RocksDatabase.Open(Path.Combine(dataDirectory, DirectoryName), Shapes, Memory));

    public async ValueTask DisposeAsync()
    {
        await Writes.DisposeAsync();
        Rocks.Dispose();
    }
}
