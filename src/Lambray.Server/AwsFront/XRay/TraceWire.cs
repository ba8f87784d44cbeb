using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

sealed record BatchGetTracesRequest(List<string?>? TraceIds, string? NextToken);

sealed record BatchGetTracesAnswer(IReadOnlyList<TraceWire> Traces, IReadOnlyList<string> UnprocessedTraceIds);

sealed record TraceWire(string Id, double Duration, bool LimitExceeded, IReadOnlyList<SegmentWire> Segments)
{
    public static TraceWire Of(Trace trace) => new(
        trace.Id.ToString(), trace.Duration, LimitExceeded: false, [.. trace.AllSegments.Select(SegmentWire.Of)]);
}

sealed record SegmentWire(string Id, string Document)
{
    public static SegmentWire Of(Segment segment) => new(segment.Id.ToString(), SegmentDocument.Write(segment));
}
