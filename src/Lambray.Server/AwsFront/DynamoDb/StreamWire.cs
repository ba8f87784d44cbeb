using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Streams;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>The operations of DynamoDB Streams: each reads its own fields of these.</summary>
sealed record StreamRequest
{
    public string? TableName { get; init; }

    public string? StreamArn { get; init; }

    public string? ExclusiveStartStreamArn { get; init; }

    public string? ExclusiveStartShardId { get; init; }

    public string? ShardId { get; init; }

    public string? ShardIteratorType { get; init; }

    public string? SequenceNumber { get; init; }

    public string? ShardIterator { get; init; }

    public int? Limit { get; init; }
}

sealed record StreamNameWire(string StreamArn, string TableName, string StreamLabel);

sealed record ListStreamsAnswer(IReadOnlyList<StreamNameWire> Streams, string? LastEvaluatedStreamArn);

sealed record DescribeStreamAnswer(StreamDescriptionWire StreamDescription);

sealed record StreamDescriptionWire
{
    public required string StreamArn { get; init; }

    public required string StreamLabel { get; init; }

    public required string StreamStatus { get; init; }

    public required string StreamViewType { get; init; }

    public required double CreationRequestDateTime { get; init; }

    public required string TableName { get; init; }

    public required IReadOnlyList<KeyElementWire> KeySchema { get; init; }

    public required IReadOnlyList<ShardWire> Shards { get; init; }

    public string? LastEvaluatedShardId { get; init; }
}

sealed record ShardWire(string ShardId, SequenceRangeWire SequenceNumberRange, string? ParentShardId);

sealed record SequenceRangeWire(string StartingSequenceNumber, string? EndingSequenceNumber);

sealed record ShardIteratorAnswer(string ShardIterator);

sealed record GetRecordsAnswer(IReadOnlyList<RecordWire> Records, string? NextShardIterator);

sealed record RecordWire
{
    [JsonPropertyName("eventID")]
    public required string EventId { get; init; }

    [JsonPropertyName("eventName")]
    public required string EventName { get; init; }

    [JsonPropertyName("eventVersion")]
    public string EventVersion { get; } = "1.1";

    [JsonPropertyName("eventSource")]
    public string EventSource { get; } = "aws:dynamodb";

    [JsonPropertyName("awsRegion")]
    public required string AwsRegion { get; init; }

    [JsonPropertyName("dynamodb")]
    public required RecordDataWire DynamoDb { get; init; }

    [JsonPropertyName("userIdentity")]
    public IdentityWire? UserIdentity { get; init; }
}

sealed record IdentityWire(string PrincipalId, string Type);

sealed record RecordDataWire
{
    public required double ApproximateCreationDateTime { get; init; }

    public required MapValue Keys { get; init; }

    public MapValue? NewImage { get; init; }

    public MapValue? OldImage { get; init; }

    public required string SequenceNumber { get; init; }

    public required int SizeBytes { get; init; }

    public required string StreamViewType { get; init; }
}

/// <summary>Streams as their API writes them.</summary>
static class StreamWire
{
    public static string NameOf(StreamView view) => view switch
    {
        StreamView.KeysOnly => "KEYS_ONLY",
        StreamView.NewImage => "NEW_IMAGE",
        StreamView.OldImage => "OLD_IMAGE",
        _ => "NEW_AND_OLD_IMAGES",
    };

    /// <returns>Null when no stream is asked for.</returns>
    /// <exception cref="AwsException">What it shows is not said, or there is no such view.</exception>
    public static StreamView? ViewOf(StreamSpecificationWire? specification)
    {
        if (specification is null) return null;
        if (specification.StreamEnabled != true)
            return specification.StreamViewType is null ? null : throw DynamoErrors.InvalidValues("StreamViewType cannot be specified when StreamEnabled is false");
        return specification.StreamViewType switch
        {
            "KEYS_ONLY" => StreamView.KeysOnly,
            "NEW_IMAGE" => StreamView.NewImage,
            "OLD_IMAGE" => StreamView.OldImage,
            "NEW_AND_OLD_IMAGES" => StreamView.NewAndOldImages,
            null => throw DynamoErrors.InvalidValues("StreamViewType is required when StreamEnabled is true"),
            var other => throw DynamoErrors.Invalid(
                $"1 validation error detected: Value '{other}' at 'streamSpecification.streamViewType' failed to satisfy constraint: " +
                "Member must satisfy enum value set: [NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES, KEYS_ONLY]"),
        };
    }

    public static RecordWire Of(StreamState stream, StreamRecord record, AwsHome home) => new()
    {
        EventId = record.EventId(stream),
        EventName = record.Event.ToString().ToUpperInvariant(),
        AwsRegion = home.Region,
        DynamoDb = new RecordDataWire
        {
            // Whole seconds, as AWS tells them.
            ApproximateCreationDateTime = record.Time.ToUnixTimeSeconds(),
            Keys = record.Keys,
            NewImage = record.NewImage,
            OldImage = record.OldImage,
            SequenceNumber = record.SequenceText,
            SizeBytes = record.SizeBytes,
            StreamViewType = NameOf(stream.View),
        },
        UserIdentity = record.Origin.IsByService ? new IdentityWire("dynamodb.amazonaws.com", "Service") : null,
    };

    public static ShardWire Of(StreamShard shard) => new(
        shard.Id, new SequenceRangeWire(SequenceNumber.Text(shard.First), shard.Last is { } last ? SequenceNumber.Text(last) : null), shard.ParentId);
}
