using Lambray.Storage.Rocks;

namespace Lambray.Resources.Messaging;

/// <summary>Where queues, topics and buses keep what must survive.</summary>
/// <remarks>docs/formats/messages.md tells what is in them.</remarks>
public sealed class MessagingDatabase : DurableTables
{
    const string DirectoryName = "messages";

    static readonly RocksTableShape[] Shapes =
    [
        new("queues", ShortValues), new("counters", ShortValues), new("messages", LongValues), new("flights", ShortValues), new("duplicates", ShortValues),
        new("moves", ShortValues), new("topics", ShortValues), new("subscriptions", ShortValues), new("deliveries", LongValues), new("event_deliveries", LongValues), new("schedules", ShortValues),
        new("published", ShortValues),
    ];

    MessagingDatabase(string dataDirectory) : base(Path.Combine(dataDirectory, DirectoryName), Shapes)
    {
    }

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

    public static MessagingDatabase Open(string dataDirectory) => new(dataDirectory);
}
