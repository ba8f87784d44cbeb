using Lambray.Storage.Rocks;

namespace Lambray.Resources.DynamoDb;

/// <summary>Where tables, their items and the records of their streams lie, in one directory.</summary>
/// <remarks>docs/formats/tables.md tells what is in it.</remarks>
public sealed class DynamoDatabase : IDisposable
{
    const string DirectoryName = "tables";
    const int LongValues = 16 * 1024;
    const int ShortValues = 4 * 1024;

    static readonly RocksTableShape[] Shapes =
    [
        new("tables", ShortValues), new("counts", ShortValues), new("items", ShortValues, LookedUp: true), new("indexes", ShortValues), new("streams", ShortValues),
        new("records", LongValues), new("tokens", ShortValues),
    ];

    static readonly RocksMemory Memory = new(WriteBuffersBytes: 64 * 1024 * 1024, CacheBytes: 64 * 1024 * 1024);

    DynamoDatabase(RocksDatabase rocks) => Rocks = rocks;

    internal RocksDatabase Rocks { get; }

    /// <summary>Tables by name.</summary>
    internal RocksTable Tables => Rocks.Tables[0];

    /// <summary>How much is in each table and index, and the next number to be given.</summary>
    internal RocksTable Counts => Rocks.Tables[1];

    internal RocksTable Items => Rocks.Tables[2];

    /// <summary>Of indexes, and items by the time at which they expire.</summary>
    internal RocksTable Indexes => Rocks.Tables[3];

    /// <summary>Streams by number.</summary>
    internal RocksTable Streams => Rocks.Tables[4];

    internal RocksTable Records => Rocks.Tables[5];

    /// <summary>Transactions that may be sent again.</summary>
    internal RocksTable Tokens => Rocks.Tables[6];

    public static DynamoDatabase Open(string dataDirectory) => new(RocksDatabase.Open(Path.Combine(dataDirectory, DirectoryName), Shapes, Memory));

    public void Dispose() => Rocks.Dispose();
}
