using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>A stream as Lambda reads it: records in shards, in order within each, kept for a while and read any number of times.</summary>
/// <remarks>
/// A place in a shard is the text of a sequence number and means "behind this one"; <see cref="Beginning"/> is before everything that is kept.
/// Reading is quick and does not wait. All members may be called from several threads.
/// </remarks>
public interface IShardedLog
{
    const string Beginning = "";

    /// <summary>Of the stream, as events name it.</summary>
    Arn Arn { get; }

    /// <summary>All shards that are kept, parents before their children. A shard that is not named here any more has nothing left to read.</summary>
    /// <exception cref="AwsException">The stream is no more; so with the other members.</exception>
    IReadOnlyList<LogShard> Shards { get; }

    /// <summary>The place behind which are the records that arrived at this time or later.</summary>
    string PlaceAt(string shard, DateTimeOffset time);

    /// <summary>The records behind a place, those that are not kept any more left out.</summary>
    /// <param name="bytesMost">Of the records' data; one record is given in any case.</param>
    LogPage Read(string shard, string after, int most, long bytesMost);

    /// <summary>Completes when something stands behind a place: a record, or the end of the shard.</summary>
    Task WaitAsync(string shard, string after, CancellationToken stop);
}

/// <param name="Parents">From which it took over; their records come before its own.</param>
/// <param name="IsClosed">Nothing is added any more.</param>
public sealed record LogShard(string Id, IReadOnlyList<string> Parents, bool IsClosed);

/// <param name="IsEnd">The shard is closed, and nothing comes behind these.</param>
public sealed record LogPage(IReadOnlyList<LogRecord> Records, bool IsEnd);

/// <summary>A record as a function gets it.</summary>
/// <param name="Key">Records of one key are worked at in their order.</param>
/// <param name="Json">An element of <c>Records</c>.</param>
public sealed record LogRecord(string SequenceNumber, string Key, DateTimeOffset Arrival, ReadOnlyMemory<byte> Json)
{
    /// <summary>The trace that the record's producer was in, where the log knows.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>What filters are held against.</summary>
    public required Func<JsonElement> ForFilter { get; init; }
}

/// <summary>The streams of one service.</summary>
public interface IShardedLogs
{
    EventSourceKind Kind { get; }

    /// <summary>What its streams are in a trace: <c>AWS::Kinesis::Stream</c>.</summary>
    string SegmentOrigin { get; }

    /// <summary>The member of a failure record that tells of the batch: <c>KinesisBatchInfo</c>.</summary>
    string BatchInfoName { get; }

    /// <summary>How a failure record writes when records arrived.</summary>
    string ArrivalFormat { get; }

    /// <returns>Null when there is no such stream.</returns>
    IShardedLog? Find(EventSourceMapping mapping);
}
