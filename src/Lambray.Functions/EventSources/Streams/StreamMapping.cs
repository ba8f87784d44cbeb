using Lambray.Aws;
using Lambray.Functions.Invocation.Metrics;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>A mapping of a stream as it is worked at: its settings read once, and those who count and trace what it does.</summary>
sealed class StreamMapping(EventSourceMapping mapping, IShardedLog log, IBatchConsumer function, BatchTraces traces, FailedBatches failed, MappingCounts counts, FunctionMetrics metrics)
{
    const int Unlimited = -1;

    public Guid Uuid => mapping.Uuid;

    public EventSourceMapping Mapping => mapping;

    public IShardedLog Log => log;

    public IBatchConsumer Function => function;

    public BatchTraces Traces => traces;

    public FailedBatches Failed => failed;

    public MappingCounts Counts => counts;

    public FunctionMetrics Metrics => metrics;

    public RecordFilter Filter { get; } = RecordFilter.Of(mapping);

    public bool HasFilter { get; } = mapping.Settings.FilterCriteria is not null;

    public int BatchMost { get; } = mapping.Settings.BatchSize!.Value;

    public TimeSpan BatchingWindow { get; } = TimeSpan.FromSeconds(mapping.Settings.MaximumBatchingWindowInSeconds ?? 0);

    /// <summary>Null for batches that know no windows.</summary>
    public TimeSpan? Tumbling { get; } = mapping.Settings.TumblingWindowInSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>How many batches of a shard are at work at once; the state of a window is handed on from one to the next.</summary>
    public int Lanes { get; } = mapping.Settings.TumblingWindowInSeconds is > 0 ? 1 : mapping.Settings.ParallelizationFactor ?? 1;

    public bool ReportsFailures { get; } = mapping.Settings.FunctionResponseTypes?.Contains("ReportBatchItemFailures") == true;

    public bool Bisects { get; } = mapping.Settings.BisectBatchOnFunctionError == true;

    /// <summary>Null for as often as it takes.</summary>
    public int? RetriesMost { get; } = mapping.Settings.MaximumRetryAttempts is { } most and not Unlimited ? most : null;

    /// <summary>Null for as long as the stream keeps a record.</summary>
    public TimeSpan? RecordAgeMost { get; } = mapping.Settings.MaximumRecordAgeInSeconds is { } age and not Unlimited ? TimeSpan.FromSeconds(age) : null;

    /// <summary>The ARN that events carry.</summary>
    public Arn Stream => log.Arn;
}
