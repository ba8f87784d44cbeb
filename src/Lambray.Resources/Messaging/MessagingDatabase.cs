using Lambray.Storage.Rocks;

namespace Lambray.Resources.Messaging;

/// <summary>Where queues and topics keep what must survive: ordered tables in one directory, and one writer that makes many changes durable with one sync.</summary>
/// <remarks>docs/formats/messages.md tells what is in them.</remarks>
public sealed class MessagingDatabase : IAsyncDisposable
{
    const string DirectoryName = "messages";
    const int LongValues = 16 * 1024;
    const int ShortValues = 4 * 1024;

    static readonly RocksTableShape[] Shapes =
    [
        new("queues", ShortValues), new("counters", ShortValues), new("messages", LongValues), new("flights", ShortValues), new("duplicates", ShortValues),
        new("moves", ShortValues), new("topics", ShortValues), new("subscriptions", ShortValues), new("deliveries", LongValues), new("event_deliveries", LongValues), new("schedules", ShortValues),
        new("published", ShortValues),
    ];

    static readonly RocksMemory Memory = new(WriteBuffersBytes: 32 * 1024 * 1024, CacheBytes: 16 * 1024 * 1024);

    MessagingDatabase(RocksDatabase rocks)
    {
        Rocks = rocks;
        Writes = new DurableWrites(rocks);
    }

    public DurableWrites Writes { get; }

    internal RocksDatabase Rocks { get; }

    internal RocksTable Queues => Rocks.Tables[0];

    internal RocksTable Counters => Rocks.Tables[1];

    internal RocksTable Messages => Rocks.Tables[2];

    internal RocksTable Flights => Rocks.Tables[3];

    internal RocksTable Duplicates => Rocks.Tables[4];

    internal RocksTable Moves => Rocks.Tables[5];

    internal RocksTable Topics => Rocks.Tables[6];

    internal RocksTable Subscriptions => Rocks.Tables[7];

    internal RocksTable Deliveries => Rocks.Tables[8];

    internal RocksTable EventDeliveries => Rocks.Tables[9];

    internal RocksTable Schedules => Rocks.Tables[10];

    internal RocksTable Published => Rocks.Tables[11];

    public static MessagingDatabase Open(string dataDirectory) => new(RocksDatabase.Open(Path.Combine(dataDirectory, DirectoryName), Shapes, Memory));

    public async ValueTask DisposeAsync()
    {
        await Writes.DisposeAsync();
        Rocks.Dispose();
    }
}
