using System.Text;
using Lambray.Server.Otlp;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.AwsFront.XRay.Retrieval;

/// <summary>The documents of a trace in the format that was asked for.</summary>
static class RetrievedSpans
{
    public const string XRay = "XRAY";
    public const string OpenTelemetry = "OTEL";

    // SpanDocument in the X-Ray API model.
    const int DocumentLengthMax = 204_800;

    public static IEnumerable<SpanWire> Of(Trace trace, string format) => format == OpenTelemetry
        ? SpanDocument.Of(trace).Select(span => new SpanWire(span.Id, span.Document))
        : trace.AllSegments.SelectMany(InPieces);

    /// <summary>A segment with all that is inside it, unless that is too long: then those inside it come as documents of their own.</summary>
    static IEnumerable<SpanWire> InPieces(Segment segment)
    {
        var whole = SegmentDocument.Write(segment);
        if (whole.Length <= DocumentLengthMax) return [new SpanWire(segment.Id.ToString(), whole)];
        var alone = segment with
        {
            Subsegments = [],
        };
        return segment.Subsegments.SelectMany(subsegment => InPieces(subsegment, segment.TraceId, segment.Id))
            .Prepend(new SpanWire(segment.Id.ToString(), SegmentDocument.Write(alone)));
    }

    static IEnumerable<SpanWire> InPieces(Subsegment subsegment, TraceId trace, SegmentId parent)
    {
        var sentAlone = subsegment with
        {
            TraceId = trace,
            ParentId = parent,
        };
        var whole = Encoding.UTF8.GetString(SegmentDocument.WriteAsSent(sentAlone).Span);
        if (whole.Length <= DocumentLengthMax) return [new SpanWire(subsegment.Id.ToString(), whole)];
        var alone = sentAlone with
        {
            Subsegments = [],
        };
        return subsegment.Subsegments.SelectMany(inner => InPieces(inner, trace, subsegment.Id))
            .Prepend(new SpanWire(subsegment.Id.ToString(), Encoding.UTF8.GetString(SegmentDocument.WriteAsSent(alone).Span)));
    }
}
