using System.Text;
using System.Text.Json;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;
using Lambray.Tracing.TraceStore;
using Microsoft.AspNetCore.Mvc;

namespace Lambray.Server.ConsoleApi.Traces;

/// <summary>A trace's documents as files: as they were sent, to be taken elsewhere, and merged, to be read.</summary>
static class TraceDocuments
{
    // Merged documents may be deeper than those that were sent.
    static readonly JsonWriterOptions Readable = new() { Indented = true, MaxDepth = 4096 };

    public static void MapTraceDocuments(this IEndpointRouteBuilder api)
    {
        api.MapGet("/traces/{traceId}/documents", Export).ExcludeFromDescription();
        api.MapGet("/traces/{traceId}/rows/{rowId}/document", Read).ExcludeFromDescription();
    }

    /// <summary>All documents of the trace as one request to PutTraceSegments: <c>aws xray put-trace-segments --cli-input-json file://…</c> sends it anywhere.</summary>
    static async Task Export(string traceId, HttpContext http, [FromServices] ITraceStore store, [FromServices] StoredTraces traces)
    {
        var id = (await TraceEndpoints.FindAsync(traces, traceId)).Id;
        Begin(http, $"trace-{id}.json");
        await using var json = new Utf8JsonWriter(http.Response.Body, Readable);
        json.WriteStartObject();
        json.WriteStartArray("TraceSegmentDocuments");
        foreach (var document in await store.ReadAsync(id)) json.WriteStringValue(document.Json.Span);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A segment or subsegment with all that is inside it.</summary>
    static async Task Read(string traceId, string rowId, HttpContext http, [FromServices] StoredTraces traces)
    {
        var entity = TraceEndpoints.EntityOf(await TraceEndpoints.FindAsync(traces, traceId), rowId);
        var document = entity is Segment segment ? Encoding.UTF8.GetBytes(SegmentDocument.Write(segment)) : SegmentDocument.WriteAsSent(entity);
        Begin(http, $"{entity.Id}.json");
        using var parsed = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = Readable.MaxDepth });
        await using var json = new Utf8JsonWriter(http.Response.Body, Readable);
        parsed.RootElement.WriteTo(json);
    }

    static void Begin(HttpContext http, string file)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
    }
}
