using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Resources.Sns;

/// <summary>The segments that a topic writes when active tracing is on ("Active tracing in Amazon SNS"): from the receipt of a message until it is on its ways.</summary>
/// <param name="record">Takes a segment without making anybody wait.</param>
public sealed class TopicTraces(CausalChain chain, Action<SegmentEntity> record, AwsHome home, TimeProvider time)
{
    /// <summary>The header that goes on from here, and what to call when the message is on its ways; null when nothing is written.</summary>
    internal (string? Header, Action? End) Begin(Topic topic, TopicMessage message)
    {
        var header = TraceHeader.Parse(message.TraceHeader);
        if (header.Root is not { } root || header.Sampled != SamplingDecision.Sampled || !(topic.IsTraced || chain.IsFull)) return (message.TraceHeader, null);
        var (id, started) = (SegmentId.New(), time.GetUtcNow());
        return ((header with { Parent = id }).ToString(), () => record(new Segment
        {
            TraceId = root,
            Id = id,
            ParentId = header.Parent,
            Name = topic.Name,
            Origin = "AWS::SNS",
            ResourceArn = topic.Arn(home).ToString(),
            StartTime = SegmentTime.From(started),
            EndTime = SegmentTime.From(time.GetUtcNow()),
            Aws = JsonSerializer.SerializeToElement(new TopicAws("Publish", topic.Arn(home).ToString(), message.Id.ToString()), TopicAwsJson.Default.TopicAws),
        }));
    }
}

sealed record TopicAws(string Operation, string TopicArn, string MessageId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TopicAws))]
sealed partial class TopicAwsJson : JsonSerializerContext;
