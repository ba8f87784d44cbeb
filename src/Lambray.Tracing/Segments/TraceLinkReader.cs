using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Reads <c>links</c>; a malformed link is left out.</summary>
static class TraceLinkReader
{
    public const string ReferenceTypeAttribute = "aws.xray.reserved.reference_type";

    const int LinksMax = 20;

    /// <param name="links">The field's value; undefined when there is none.</param>
    public static IEnumerable<TraceLink> Read(JsonElement links)
    {
        foreach (var link in links.AsBlocks().Take(LinksMax))
            if (TraceId.TryParse(link.Text("trace_id"), out var traceId) && SegmentId.TryParse(link.Text("id"), out var id))
                yield return new TraceLink(traceId, id, link.Block("attributes")?.Text(ReferenceTypeAttribute));
    }
}
