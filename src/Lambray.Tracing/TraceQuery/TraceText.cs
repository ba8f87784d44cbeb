using System.Text.Json;
using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Looks for a text in all that the rows of a trace tell: names, ids, URLs, annotations, metadata, SQL, exceptions.</summary>
public static class TraceText
{
    // Deeper than any document that was taken in.
    const int DepthMax = 1024;

    /// <summary>The rows that have the text somewhere, in capitals or not, in the order of the timeline.</summary>
    public static IReadOnlyList<SegmentId> Find(TraceTimeline timeline, string text) =>
        [.. timeline.Rows.Where(row => Tells(row.Entity, text)).Select(row => row.Id)];

    /// <summary>The fields of an entity without its subsegments, which are rows of their own.</summary>
    public static JsonElement OwnFields(SegmentEntity entity) =>
        JsonElement.Parse(SegmentDocument.WriteAsSent(entity with { Subsegments = [] }).Span, new JsonDocumentOptions { MaxDepth = DepthMax });

    static bool Tells(SegmentEntity entity, string text)
    {
        foreach (var field in OwnFields(entity).EnumerateObject())
        {
            // The trace's id is that of every row, and nobody looks for the digits of a time.
            if (field.Name is "trace_id" or "start_time" or "end_time") continue;
            // The names of X-Ray's own fields are in every row too.
            if (Tells(field.Value, text, withNames: field.Name is "annotations" or "metadata")) return true;
        }
        return false;
    }

    static bool Tells(JsonElement value, string text, bool withNames) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(field => (withNames && Has(field.Name, text)) || Tells(field.Value, text, withNames)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => Tells(item, text, withNames)),
        JsonValueKind.String => Has(value.GetString()!, text),
        _ => Has(value.GetRawText(), text),
    };

    static bool Has(string told, string text) => told.Contains(text, StringComparison.OrdinalIgnoreCase);
}
