using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;
using Lambray.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Functions.EventSources;

/// <summary>Which trace a batch is worked at in, when its records come from traces of their own ("Tracing event-driven applications" in the X-Ray Developer Guide).</summary>
/// <remarks>
/// As in AWS the function runs in a new trace, which is linked to those of a queue's senders; streams forget theirs. With the full causal chain the source itself is a
/// segment, as long as the record lay in it, and records of one trace are worked at in that trace.
/// </remarks>
sealed class BatchTraces(CausalChain chain, PassedServices services, TracedSource source, TimeProvider time)
{
    const int LinksMax = 20;

    public (TraceHeader Header, IReadOnlyList<TraceLink> Links) Begin(IEnumerable<SentRecord> batch)
    {
        if (!source.KeepsTraces && !chain.IsFull) return (TraceHeader.Parse(null), []);
        var senders = batch.Select(record => (Record: record, Header: TraceHeader.Parse(record.TraceHeader))).Where(sender => sender.Header.Root is not null).ToArray();
        if (senders.Length == 0) return (TraceHeader.Parse(null), []);
        // What counts how often functions have called each other goes along whatever is traced.
        var extras = senders.Select(sender => sender.Header.Extras).MaxBy(extras => extras.Length)!;
        // A link is to a segment; a source that is one itself needs none before it.
        var sampled = senders.Where(sender => sender.Header.Sampled == SamplingDecision.Sampled && (sender.Header.Parent is not null || chain.IsFull)).ToArray();
        if (sampled.Length == 0)
            return (new TraceHeader(null, null, senders.All(sender => sender.Header.Sampled == SamplingDecision.NotSampled) ? SamplingDecision.NotSampled : SamplingDecision.Undecided, extras), []);
        var links = sampled
            // Many records that one call has put were there for as long.
            .GroupBy(sender => source.PutsManyAtOnce ? (sender.Header.Root, sender.Header.Parent, "") : (sender.Header.Root, sender.Header.Parent, sender.Record.Id), sender => sender)
            .Select(together => together.First())
            .Select(sender => chain.IsFull ? RecordStay(sender.Record, sender.Header) : (sender.Header.Root!.Value, sender.Header.Parent!.Value)).Distinct().ToArray();
        if (chain.IsFull && links.Select(link => link.Item1).Distinct().Count() == 1)
            return (new TraceHeader(links[0].Item1, links[0].Item2, SamplingDecision.Sampled, extras), []);
        return (
            new TraceHeader(TraceId.New(time.GetUtcNow()), null, SamplingDecision.Sampled, extras),
            [.. links.Take(LinksMax).Select(link => new TraceLink(link.Item1, link.Item2, "parent"))]);
    }

    (TraceId, SegmentId) RecordStay(SentRecord record, TraceHeader sent)
    {
        var (header, end) = services.Begin(
            sent, source.Name, source.Origin, source.Arn, () => JsonSerializer.SerializeToElement(source.Describe(record.Id), SourceAwsJson.Default.SourceAws), record.Sent);
        end!();
        return (header.Root!.Value, header.Parent!.Value);
    }
}

/// <summary>What records lay in, as traces show it.</summary>
/// <param name="KeepsTraces">Whether AWS's own service passes the senders' traces on.</param>
/// <param name="PutsManyAtOnce">Whether one call of a sender's makes many records.</param>
/// <param name="Describe">The <c>aws</c> block, by a record's id.</param>
sealed record TracedSource(string Name, string Origin, Arn Arn, bool KeepsTraces, bool PutsManyAtOnce, Func<string, SourceAws> Describe);

/// <param name="TraceHeader">Of whoever sent it.</param>
readonly record struct SentRecord(string Id, DateTimeOffset Sent, string? TraceHeader);

sealed record SourceAws(string Operation, string? MessageId = null, string? SequenceNumber = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SourceAws))]
sealed partial class SourceAwsJson : JsonSerializerContext;
