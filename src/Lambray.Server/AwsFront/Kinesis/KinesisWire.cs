using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Resources.Kinesis;

namespace Lambray.Server.AwsFront.Kinesis;

/// <summary>Every request that is for one stream names it so.</summary>
record StreamTarget
{
    public string? StreamName { get; init; }

    [JsonPropertyName("StreamARN")]
    public string? StreamArn { get; init; }
}

sealed record StreamModeWire(string? StreamMode);

sealed record CreateStreamRequest(
    string? StreamName, int? ShardCount, StreamModeWire? StreamModeDetails, IReadOnlyDictionary<string, string>? Tags, int? WarmThroughputMiBps, int? MaxRecordSizeInKiB);

sealed record DeleteStreamRequest(bool? EnforceConsumerDeletion) : StreamTarget;

sealed record DescribeStreamRequest(int? Limit, string? ExclusiveStartShardId) : StreamTarget;

sealed record ListStreamsRequest(int? Limit, string? ExclusiveStartStreamName, string? NextToken);

sealed record StreamSummaryWire(string StreamName, [property: JsonPropertyName("StreamARN")] string StreamArn, string StreamStatus, StreamModeWire StreamModeDetails, double StreamCreationTimestamp)
{
    public static StreamSummaryWire Of(StreamModel stream, AwsHome home) =>
        new(stream.Name, stream.Arn(home).ToString(), KinesisWire.Active, new StreamModeWire(stream.Mode), stream.Created.ToEpochSeconds());
}

sealed record ListStreamsAnswer(IReadOnlyList<string> StreamNames, bool HasMoreStreams, string? NextToken, IReadOnlyList<StreamSummaryWire> StreamSummaries);

sealed record HashKeyRangeWire(string StartingHashKey, string EndingHashKey)
{
    public static HashKeyRangeWire Of(HashKeyRange range) => new(HashKeyRange.Text(range.Start), HashKeyRange.Text(range.End));
}

sealed record SequenceNumberRangeWire(string StartingSequenceNumber, string? EndingSequenceNumber);

sealed record ShardWire(string ShardId, string? ParentShardId, string? AdjacentParentShardId, HashKeyRangeWire HashKeyRange, SequenceNumberRangeWire SequenceNumberRange)
{
    public static ShardWire Of(ShardModel shard) => new(
        shard.Id, IdOf(shard.Parent), IdOf(shard.AdjacentParent), HashKeyRangeWire.Of(shard.Keys),
        new SequenceNumberRangeWire(new SequenceNumber(shard.Opened, shard.Number).ToString(), shard.Closed is { } closed ? new SequenceNumber(closed, shard.Number).ToString() : null));

    static string? IdOf(int? number) => number is { } known ? ShardModel.IdOf(known) : null;
}

sealed record ShardMetricsWire(IReadOnlyList<string> ShardLevelMetrics);

sealed record StreamDescriptionWire(
    string StreamName, [property: JsonPropertyName("StreamARN")] string StreamArn, string StreamStatus, StreamModeWire StreamModeDetails, IReadOnlyList<ShardWire> Shards, bool HasMoreShards,
    int RetentionPeriodHours, double StreamCreationTimestamp, IReadOnlyList<ShardMetricsWire> EnhancedMonitoring, string EncryptionType, string? KeyId);

sealed record DescribeStreamAnswer(StreamDescriptionWire StreamDescription);

sealed record WarmThroughputWire(int TargetMiBps, int CurrentMiBps);

sealed record StreamDescriptionSummaryWire(
    string StreamName, [property: JsonPropertyName("StreamARN")] string StreamArn, string StreamStatus, StreamModeWire StreamModeDetails, int RetentionPeriodHours, double StreamCreationTimestamp,
    IReadOnlyList<ShardMetricsWire> EnhancedMonitoring, string EncryptionType, string? KeyId, int OpenShardCount, int ConsumerCount, WarmThroughputWire? WarmThroughput, int MaxRecordSizeInKiB);

sealed record DescribeStreamSummaryAnswer(StreamDescriptionSummaryWire StreamDescriptionSummary);

sealed record DescribeLimitsAnswer(int ShardLimit, int OpenShardCount, int OnDemandStreamCount, int OnDemandStreamCountLimit);

sealed record PutRecordRequest(byte[]? Data, string? PartitionKey, string? ExplicitHashKey, string? SequenceNumberForOrdering) : StreamTarget;

sealed record PutRecordAnswer(string ShardId, string SequenceNumber, string? EncryptionType);

sealed record PutRecordsRequest(IReadOnlyList<PutRecordsEntry>? Records) : StreamTarget;

sealed record PutRecordsEntry(byte[]? Data, string? PartitionKey, string? ExplicitHashKey);

sealed record PutRecordsAnswer(int FailedRecordCount, IReadOnlyList<PutRecordsResult> Records, string? EncryptionType);

sealed record PutRecordsResult(string SequenceNumber, string ShardId);

sealed record GetShardIteratorRequest(string? ShardId, string? ShardIteratorType, string? StartingSequenceNumber, WireTimestamp? Timestamp) : StreamTarget;

sealed record GetShardIteratorAnswer(string ShardIterator);

sealed record GetRecordsRequest(string? ShardIterator, int? Limit, [property: JsonPropertyName("StreamARN")] string? StreamArn);

sealed record RecordWire(string SequenceNumber, double ApproximateArrivalTimestamp, byte[] Data, string PartitionKey, string? EncryptionType);

sealed record ChildShardWire(string ShardId, IReadOnlyList<string> ParentShards, HashKeyRangeWire HashKeyRange);

sealed record GetRecordsAnswer(IReadOnlyList<RecordWire> Records, string? NextShardIterator, long MillisBehindLatest, IReadOnlyList<ChildShardWire>? ChildShards);

sealed record ShardFilterWire(string? Type, string? ShardId, WireTimestamp? Timestamp);

sealed record ListShardsRequest(string? NextToken, string? ExclusiveStartShardId, int? MaxResults, WireTimestamp? StreamCreationTimestamp, ShardFilterWire? ShardFilter) : StreamTarget;

sealed record ListShardsAnswer(IReadOnlyList<ShardWire> Shards, string? NextToken);

sealed record SplitShardRequest(string? ShardToSplit, string? NewStartingHashKey) : StreamTarget;

sealed record MergeShardsRequest(string? ShardToMerge, string? AdjacentShardToMerge) : StreamTarget;

sealed record UpdateShardCountRequest(int? TargetShardCount, string? ScalingType) : StreamTarget;

sealed record UpdateShardCountAnswer(string StreamName, int CurrentShardCount, int TargetShardCount, [property: JsonPropertyName("StreamARN")] string StreamArn);

sealed record RetentionRequest(int? RetentionPeriodHours) : StreamTarget;

sealed record UpdateStreamModeRequest(StreamModeWire? StreamModeDetails, int? WarmThroughputMiBps) : StreamTarget;

sealed record UpdateMaxRecordSizeRequest(int? MaxRecordSizeInKiB) : StreamTarget;

sealed record WarmThroughputRequest(int? WarmThroughputMiBps) : StreamTarget;

sealed record WarmThroughputAnswer([property: JsonPropertyName("StreamARN")] string StreamArn, string StreamName, WarmThroughputWire WarmThroughput);

sealed record EncryptionRequest(string? EncryptionType, string? KeyId) : StreamTarget;

sealed record MonitoringRequest(IReadOnlyList<string>? ShardLevelMetrics) : StreamTarget;

sealed record MonitoringAnswer(
    string StreamName, IReadOnlyList<string> CurrentShardLevelMetrics, IReadOnlyList<string> DesiredShardLevelMetrics, [property: JsonPropertyName("StreamARN")] string StreamArn);

sealed record ConsumerRequest(
    [property: JsonPropertyName("StreamARN")] string? StreamArn, string? ConsumerName, [property: JsonPropertyName("ConsumerARN")] string? ConsumerArn,
    IReadOnlyDictionary<string, string>? Tags);

sealed record ConsumerWire(
    string ConsumerName, [property: JsonPropertyName("ConsumerARN")] string ConsumerArn, string ConsumerStatus, double ConsumerCreationTimestamp,
    [property: JsonPropertyName("StreamARN")] string? StreamArn = null);

sealed record RegisterStreamConsumerAnswer(ConsumerWire Consumer);

sealed record DescribeStreamConsumerAnswer(ConsumerWire ConsumerDescription);

sealed record ListStreamConsumersRequest([property: JsonPropertyName("StreamARN")] string? StreamArn, string? NextToken, int? MaxResults, WireTimestamp? StreamCreationTimestamp);

sealed record ListStreamConsumersAnswer(IReadOnlyList<ConsumerWire> Consumers, string? NextToken);

sealed record ResourcePolicyRequest([property: JsonPropertyName("ResourceARN")] string? ResourceArn, string? Policy);

sealed record GetResourcePolicyAnswer(string Policy);

sealed record StreamTagsRequest(IReadOnlyDictionary<string, string>? Tags, IReadOnlyList<string>? TagKeys, string? ExclusiveStartTagKey, int? Limit) : StreamTarget;

sealed record ResourceTagsRequest([property: JsonPropertyName("ResourceARN")] string? ResourceArn, IReadOnlyDictionary<string, string>? Tags, IReadOnlyList<string>? TagKeys);

sealed record TagWire(string Key, string Value);

sealed record ListTagsForStreamAnswer(IReadOnlyList<TagWire> Tags, bool HasMoreTags);

sealed record ListTagsForResourceAnswer(IReadOnlyList<TagWire> Tags);

static class KinesisWire
{
    /// <summary>What every stream and consumer is: changes are through before they are answered.</summary>
    public const string Active = "ACTIVE";

    /// <summary>Records and answers about them name the encryption only where there is one.</summary>
    public static string? EncryptionShown(StreamModel stream) => stream.KeyId is null ? null : stream.EncryptionType;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StreamTarget))]
[JsonSerializable(typeof(CreateStreamRequest))]
[JsonSerializable(typeof(DeleteStreamRequest))]
[JsonSerializable(typeof(DescribeStreamRequest))]
[JsonSerializable(typeof(DescribeStreamAnswer))]
[JsonSerializable(typeof(DescribeStreamSummaryAnswer))]
[JsonSerializable(typeof(ListStreamsRequest))]
[JsonSerializable(typeof(ListStreamsAnswer))]
[JsonSerializable(typeof(DescribeLimitsAnswer))]
[JsonSerializable(typeof(PutRecordRequest))]
[JsonSerializable(typeof(PutRecordAnswer))]
[JsonSerializable(typeof(PutRecordsRequest))]
[JsonSerializable(typeof(PutRecordsAnswer))]
[JsonSerializable(typeof(GetShardIteratorRequest))]
[JsonSerializable(typeof(GetShardIteratorAnswer))]
[JsonSerializable(typeof(GetRecordsRequest))]
[JsonSerializable(typeof(GetRecordsAnswer))]
[JsonSerializable(typeof(ListShardsRequest))]
[JsonSerializable(typeof(ListShardsAnswer))]
[JsonSerializable(typeof(SplitShardRequest))]
[JsonSerializable(typeof(MergeShardsRequest))]
[JsonSerializable(typeof(UpdateShardCountRequest))]
[JsonSerializable(typeof(UpdateShardCountAnswer))]
[JsonSerializable(typeof(RetentionRequest))]
[JsonSerializable(typeof(UpdateStreamModeRequest))]
[JsonSerializable(typeof(UpdateMaxRecordSizeRequest))]
[JsonSerializable(typeof(WarmThroughputRequest))]
[JsonSerializable(typeof(WarmThroughputAnswer))]
[JsonSerializable(typeof(EncryptionRequest))]
[JsonSerializable(typeof(MonitoringRequest))]
[JsonSerializable(typeof(MonitoringAnswer))]
[JsonSerializable(typeof(ConsumerRequest))]
[JsonSerializable(typeof(RegisterStreamConsumerAnswer))]
[JsonSerializable(typeof(DescribeStreamConsumerAnswer))]
[JsonSerializable(typeof(ListStreamConsumersRequest))]
[JsonSerializable(typeof(ListStreamConsumersAnswer))]
[JsonSerializable(typeof(ResourcePolicyRequest))]
[JsonSerializable(typeof(GetResourcePolicyAnswer))]
[JsonSerializable(typeof(StreamTagsRequest))]
[JsonSerializable(typeof(ResourceTagsRequest))]
[JsonSerializable(typeof(ListTagsForStreamAnswer))]
[JsonSerializable(typeof(ListTagsForResourceAnswer))]
sealed partial class KinesisJson : JsonSerializerContext;
