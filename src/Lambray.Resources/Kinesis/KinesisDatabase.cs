using Lambray.Resources.Messaging;
using Lambray.Storage.Rocks;

namespace Lambray.Resources.Kinesis;

/// <summary>Where streams keep their settings and records.</summary>
/// <remarks>docs/formats/kinesis.md tells what is in them.</remarks>
public sealed class KinesisDatabase : DurableTables
{
    const string DirectoryName = "kinesis";

    static readonly RocksTableShape[] Shapes = [new("streams", ShortValues), new("tips", ShortValues), new("records", LongValues)];

    KinesisDatabase(string dataDirectory) : base(Path.Combine(dataDirectory, DirectoryName), Shapes)
    {
    }

    internal RocksTable Streams => Rocks.Tables[0];

    internal RocksTable Tips => Rocks.Tables[1];

    internal RocksTable Records => Rocks.Tables[2];

    public static KinesisDatabase Open(string dataDirectory) => new(dataDirectory);
}
