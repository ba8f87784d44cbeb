namespace Lambray.Resources.Kinesis;

/// <summary>What a producer puts into a stream.</summary>
/// <param name="ExplicitHash">Chooses the shard instead of the partition key.</param>
/// <param name="TraceHeader">The trace that the producer was in; AWS forgets it, the full causal chain needs it.</param>
public sealed record NewRecord(string PartitionKey, ReadOnlyMemory<byte> Data, UInt128? ExplicitHash = null, string? TraceHeader = null);

/// <summary>A record of a stream.</summary>
public sealed record StreamRecord(SequenceNumber Number, string PartitionKey, byte[] Data, string? TraceHeader)
{
    public DateTimeOffset Arrival => Number.Arrival;
}

/// <summary>Records of one shard that follow each other.</summary>
/// <param name="Next">Position at which to go on.</param>
/// <param name="IsEnd">The shard is closed, and nothing comes behind these.</param>
/// <param name="Behind">How old the first record behind these is; zero when there is none.</param>
public sealed record RecordPage(IReadOnlyList<StreamRecord> Records, long Next, bool IsEnd, TimeSpan Behind);
