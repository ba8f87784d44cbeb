using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Resources.EventBridge;

/// <summary>The segments of buses, which AWS does not write: only where the full causal chain is asked for.</summary>
/// <param name="record">Takes a segment without making anybody wait.</param>
public sealed class BusTraces(CausalChain chain, Action<SegmentEntity> record, AwsHome home, TimeProvider time)
{
    /// <summary>The header that goes on from here, and what to call when the event is on its ways; null when nothing is written.</summary>
    internal (string? Header, Action? End) Begin(string bus, BusEvent happened)
    {
        var header = TraceHeader.Parse(happened.TraceHeader);
        if (header.Root is not { } root || header.Sampled != SamplingDecision.Sampled || !chain.IsFull) return (happened.TraceHeader, null);
        var (id, started, arn) = (SegmentId.New(), time.GetUtcNow(), home.Regional("events", $"event-bus/{bus}").ToString());
        return ((header with { Parent = id }).ToString(), () => record(new Segment
        {
            TraceId = root,
            Id = id,
            ParentId = header.Parent,
            Name = bus,
            Origin = "AWS::Events",
            ResourceArn = arn,
            StartTime = SegmentTime.From(started),
            EndTime = SegmentTime.From(time.GetUtcNow()),
            Aws = JsonSerializer.SerializeToElement(new BusAws("PutEvents", arn, happened.Id.ToString()), BusAwsJson.Default.BusAws),
        }));
    }
}

sealed record BusAws(string Operation, string EventBusArn, string EventId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BusAws))]
sealed partial class BusAwsJson : JsonSerializerContext;
