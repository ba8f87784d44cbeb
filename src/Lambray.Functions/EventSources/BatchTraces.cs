using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Functions.Invocation;
using Lambray.Resources.Sqs;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.EventSources;

/// <summary>Which trace a batch is worked at in, when its messages come from traces of their own ("Tracing event-driven applications" in the X-Ray Developer Guide).</summary>
/// <remarks>
/// As in AWS the function runs in a new trace, which is linked to those of the senders. With the full causal chain the queue itself is a segment, as long as the message
/// lay in it, and messages of one trace are worked at in that trace.
/// </remarks>
sealed class BatchTraces(CausalChain chain, SegmentRecorder recorder, string queue, AwsHome home, TimeProvider time)
{
    const int LinksMax = 20;

    public (TraceHeader Header, IReadOnlyList<TraceLink> Links) Begin(IReadOnlyList<ReceivedMessage> batch)
    {
        var senders = batch.Select(message => (Message: message, Header: TraceHeader.Parse(message.Message.TraceHeader)))
            .Where(sender => sender.Header.Root is not null).ToArray();
        if (senders.Length == 0) return (TraceHeader.Parse(null), []);
        // What counts how often functions have called each other goes along whatever is traced.
        var extras = senders.Select(sender => sender.Header.Extras).MaxBy(extras => extras.Length)!;
        var sampled = senders.Where(sender => sender.Header is { Sampled: SamplingDecision.Sampled, Parent: not null }).ToArray();
        if (sampled.Length == 0)
            return (new TraceHeader(null, null, senders.All(sender => sender.Header.Sampled == SamplingDecision.NotSampled) ? SamplingDecision.NotSampled : SamplingDecision.Undecided, extras), []);
        var links = sampled.Select(sender => chain.IsFull ? RecordStay(sender.Message, sender.Header) : (sender.Header.Root!.Value, sender.Header.Parent!.Value)).Distinct().ToArray();
        if (chain.IsFull && links.Select(link => link.Item1).Distinct().Count() == 1)
            return (new TraceHeader(links[0].Item1, links[0].Item2, SamplingDecision.Sampled, extras), []);
        return (
            new TraceHeader(TraceId.New(time.GetUtcNow()), null, SamplingDecision.Sampled, extras),
            [.. links.Take(LinksMax).Select(link => new TraceLink(link.Item1, link.Item2, "parent"))]);
    }

    (TraceId, SegmentId) RecordStay(ReceivedMessage received, TraceHeader sent)
    {
        var id = SegmentId.New();
        recorder.Record(new Segment
        {
            TraceId = sent.Root!.Value,
            Id = id,
            ParentId = sent.Parent,
            Name = queue,
            Origin = "AWS::SQS::Queue",
            ResourceArn = home.Regional("sqs", queue).ToString(),
            StartTime = SegmentTime.From(received.Message.Sent),
            EndTime = SegmentTime.From(time.GetUtcNow()),
            Aws = JsonSerializer.SerializeToElement(new QueueAws("ReceiveMessage", received.Message.Id.ToString()), QueueAwsJson.Default.QueueAws),
        });
        return (sent.Root!.Value, id);
    }
}

sealed record QueueAws(string Operation, string MessageId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QueueAws))]
sealed partial class QueueAwsJson : JsonSerializerContext;
