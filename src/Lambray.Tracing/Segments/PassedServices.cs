using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Tracing.Segments;

/// <summary>Writes the segments of services through which a trace goes on: from what comes in until it is on its ways.</summary>
/// <param name="record">Takes a segment without making anybody wait.</param>
public sealed class PassedServices(Action<SegmentEntity> record, TimeProvider time)
{
    /// <param name="aws">The block of that name.</param>
    /// <param name="since">When it came in, if that was before now.</param>
    /// <returns>The header that goes on from here, and what to call when it has gone on; null when nothing is written, as the request is not sampled.</returns>
    public (TraceHeader Header, Action? End) Begin(TraceHeader header, string name, string origin, Arn arn, Func<JsonElement> aws, DateTimeOffset? since = null)
    {
        if (header.Root is not { } root || header.Sampled != SamplingDecision.Sampled) return (header, null);
        var (id, started) = (SegmentId.New(), since ?? time.GetUtcNow());
        return (header with { Parent = id }, () => record(new Segment
        {
            TraceId = root,
            Id = id,
            ParentId = header.Parent,
            Name = name,
            Origin = origin,
            ResourceArn = arn.ToString(),
            StartTime = SegmentTime.From(started),
            EndTime = SegmentTime.From(time.GetUtcNow()),
            Aws = aws(),
        }));
    }
}
