using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.Tracing.Segments;

enum SegmentForm
{
    /// <summary>As X-Ray gives documents back: embedded subsegments without the fields of lone ones, <c>resource_names</c> filled in.</summary>
    ReadBack,

    /// <summary>As a sender writes them, lone subsegments with the trace and the parent that they belong to.</summary>
    AsSent,
}

/// <summary>Writes segments in the key order that X-Ray uses.</summary>
sealed class SegmentWriter(Utf8JsonWriter json, SegmentForm form)
{
    // Deeper than any merged segment; the writer's own default of 1,000 is not.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 4096 };

    public static ReadOnlyMemory<byte> Write(SegmentEntity entity, SegmentForm form)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) new SegmentWriter(json, form).WriteOutermost(entity);
        return buffer.WrittenMemory;
    }

    void WriteOutermost(SegmentEntity entity)
    {
        json.WriteStartObject();
        WriteWork(entity, (entity as Segment)?.TraceId ?? (entity as Subsegment)?.TraceId);
        if (entity.ParentId is { } parent) json.WriteString("parent_id", parent.ToString());
        if (entity is Segment { Inferred: true }) json.WriteBoolean("inferred", true);
        WriteTold(entity);
        if (entity is Segment segment) WriteSegmentFields(segment);
        if (entity is Subsegment subsegment) WriteSubsegmentFields(subsegment);
        if (entity is Subsegment && form == SegmentForm.AsSent) json.WriteString("type", SegmentReader.SubsegmentType);
        WriteSubsegments(entity);
        json.WriteEndObject();
    }

    void WriteEmbedded(Subsegment subsegment)
    {
        json.WriteStartObject();
        WriteWork(subsegment, traceId: null);
        WriteTold(subsegment);
        WriteSubsegmentFields(subsegment);
        WriteSubsegments(subsegment);
        json.WriteEndObject();
    }

    void WriteWork(SegmentEntity entity, TraceId? traceId)
    {
        json.WriteString("id", entity.Id.ToString());
        json.WriteString("name", entity.Name);
        WriteTime("start_time", entity.StartTime);
        if (traceId is { } id) json.WriteString("trace_id", id.ToString());
        if (entity.EndTime is { } end) WriteTime("end_time", end);
        else json.WriteBoolean("in_progress", true);
    }

    void WriteTold(SegmentEntity entity)
    {
        if (entity.Http is { } http) HttpWriter.Write(json, http);
        if (entity.Aws is { } aws) WriteAws(aws);
        if (entity.Error) json.WriteBoolean("error", true);
        if (entity.Throttle) json.WriteBoolean("throttle", true);
        if (entity.Fault) json.WriteBoolean("fault", true);
        if (entity.Cause is { } cause) CauseWriter.Write(json, cause);
        WriteAnnotations(entity.Annotations);
        WriteRaw("metadata", entity.Metadata);
        WriteRaw("sql", entity.Sql);
    }

    void WriteSegmentFields(Segment segment)
    {
        WriteRaw("service", segment.Service);
        if (segment.User is { } user) json.WriteString("user", user);
        WriteLinks(segment.Links);
        if (segment.Origin is { } origin) json.WriteString("origin", origin);
        if (segment.ResourceArn is { } arn) json.WriteString("resource_arn", arn);
    }

    void WriteSubsegmentFields(Subsegment subsegment)
    {
        if (subsegment.Namespace is { } name) json.WriteString("namespace", name);
        if (subsegment.PrecursorIds.Count == 0) return;
        json.WriteStartArray("precursor_ids");
        foreach (var id in subsegment.PrecursorIds) json.WriteStringValue(id.ToString());
        json.WriteEndArray();
    }

    void WriteSubsegments(SegmentEntity entity)
    {
        if (entity.Subsegments.Count == 0) return;
        json.WriteStartArray("subsegments");
        foreach (var subsegment in entity.Subsegments) WriteEmbedded(subsegment);
        json.WriteEndArray();
    }

    void WriteAws(JsonElement aws)
    {
        var names = form == SegmentForm.ReadBack && !aws.TryGetProperty("resource_names", out _) ? AwsBlock.ResourceNames(aws) : [];
        json.WriteStartObject("aws");
        foreach (var property in aws.EnumerateObject()) WriteRaw(property.Name, property.Value);
        if (names.Count > 0)
        {
            json.WriteStartArray("resource_names");
            foreach (var name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    void WriteAnnotations(IReadOnlyDictionary<string, AnnotationValue> annotations)
    {
        if (annotations.Count == 0) return;
        json.WriteStartObject("annotations");
        foreach (var (key, value) in annotations)
        {
            if (value.Text is { } text) json.WriteString(key, text);
            else if (value.Number is { } number) json.WriteNumber(key, number);
            else json.WriteBoolean(key, value.Flag == true);
        }
        json.WriteEndObject();
    }

    void WriteLinks(IReadOnlyList<TraceLink> links)
    {
        if (links.Count == 0) return;
        json.WriteStartArray("links");
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("trace_id", link.TraceId.ToString());
            json.WriteString("id", link.Id.ToString());
            if (link.ReferenceType is { } type)
            {
                json.WriteStartObject("attributes");
                json.WriteString(TraceLinkReader.ReferenceTypeAttribute, type);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void WriteTime(string field, SegmentTime time)
    {
        json.WritePropertyName(field);
        json.WriteRawValue(JavaNumber.Format(time.EpochSeconds), skipInputValidation: true);
    }

    // What the sender wrote is passed on as it was written: its numbers keep their digits.
    void WriteRaw(string field, JsonElement? value)
    {
        if (value is not { } element) return;
        json.WritePropertyName(field);
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
    }
}
