using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay;

sealed record BatchGetTracesRequest(List<string?>? TraceIds, string? NextToken);

sealed record BatchGetTracesAnswer(IReadOnlyList<TraceWire> Traces, IReadOnlyList<string> UnprocessedTraceIds, string? NextToken);

/// <param name="LimitExceeded">The trace is larger than a trace may be: some of its segments are missing here.</param>
sealed record TraceWire(string Id, double Duration, bool LimitExceeded, IReadOnlyList<SegmentWire> Segments)
{
    // "Quotas" in the X-Ray Developer Guide: a trace document has up to 500 KB.
    public const int CharactersMax = 500 * 1024;

    public int Characters => Segments.Sum(segment => segment.Document.Length);

    /// <summary>The segments in the order of time, as long as there is room.</summary>
    public static TraceWire Of(Trace trace)
    {
        var segments = new List<SegmentWire>(trace.AllSegments.Count);
        var room = CharactersMax;
        foreach (var segment in trace.AllSegments)
        {
            var wire = SegmentWire.Of(segment);
            if (wire.Document.Length > room) return new TraceWire(trace.Id.ToString(), trace.Duration, LimitExceeded: true, segments);
            room -= wire.Document.Length;
            segments.Add(wire);
        }
        return new TraceWire(trace.Id.ToString(), trace.Duration, LimitExceeded: false, segments);
    }
}

sealed record SegmentWire(string Id, string Document)
{
    public static SegmentWire Of(Segment segment) => new(segment.Id.ToString(), SegmentDocument.Write(segment));
}
