using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Otlp;

/// <summary>A span of OpenTelemetry as the JSON that CloudWatch keeps in <c>aws/spans</c>: one for each segment and each subsegment.</summary>
/// <remarks>
/// A segment is the serving side of a call and a subsegment with a namespace the calling one; inferred segments were made of calls and are left
/// out. Names of attributes are OpenTelemetry's; what it has no name for keeps X-Ray's, below <c>aws.xray</c>.
/// </remarks>
static class SpanDocument
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The spans of a trace, each with its id, every one before those inside it.</summary>
    public static IEnumerable<(string Id, string Document)> Of(Trace trace)
    {
        foreach (var segment in trace.Segments)
        {
            yield return (segment.Id.ToString(), Write(trace, segment, segment));
            foreach (var subsegment in segment.Descendants()) yield return (subsegment.Id.ToString(), Write(trace, segment, subsegment));
        }
    }

    /// <summary>The same 128 bits without X-Ray's version and dashes.</summary>
    public static string TraceIdOf(TraceId id) => id.ToString()[2..].Replace("-", "", StringComparison.Ordinal);

    static string Write(Trace trace, Segment segment, SegmentEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteResource(json, segment);
            json.WriteStartObject("scope");
            json.WriteString("name", "aws.xray");
            json.WriteEndObject();
            json.WriteString("traceId", TraceIdOf(trace.Id));
            json.WriteString("spanId", entity.Id.ToString());
            if (trace.FindPlace(entity.Id)?.ParentId is { } parent) json.WriteString("parentSpanId", parent.ToString());
            // Sampled: what is stored was sampled.
            json.WriteNumber("flags", 1);
            json.WriteString("name", entity.Name);
            json.WriteString("kind", KindOf(entity));
            WriteTimes(json, entity);
            SpanAttributes.Write(json, entity);
            WriteExceptions(json, entity);
            WriteStatus(json, entity);
            WriteLinks(json, (entity as Segment)?.Links ?? []);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void WriteResource(Utf8JsonWriter json, Segment segment)
    {
        json.WriteStartObject("resource");
        json.WriteStartObject("attributes");
        json.WriteString("service.name", segment.Name);
        if (segment.Origin is { } origin) json.WriteString("aws.xray.origin", origin);
        if (segment.ResourceArn is { } arn) json.WriteString("cloud.resource_id", arn);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static string KindOf(SegmentEntity entity) => entity switch
    {
        Segment { Links.Count: > 0 } => "CONSUMER",
        Segment => "SERVER",
        Subsegment { Namespace: not null } => "CLIENT",
        _ => "INTERNAL",
    };

    static void WriteTimes(Utf8JsonWriter json, SegmentEntity entity)
    {
        var start = Nanoseconds(entity.StartTime);
        json.WriteNumber("startTimeUnixNano", start);
        if (entity.EndTime is not { } ended) return;
        json.WriteNumber("endTimeUnixNano", Nanoseconds(ended));
        json.WriteNumber("durationNano", Nanoseconds(ended) - start);
    }

    static void WriteExceptions(Utf8JsonWriter json, SegmentEntity entity)
    {
        if (entity.Cause?.Exceptions is not { Count: > 0 } exceptions) return;
        json.WriteStartArray("events");
        foreach (var exception in exceptions)
        {
            json.WriteStartObject();
            // X-Ray does not say when an exception was thrown; nothing happens in an entity after its end.
            json.WriteNumber("timeUnixNano", Nanoseconds(entity.EndTime ?? entity.StartTime));
            json.WriteString("name", "exception");
            json.WriteStartObject("attributes");
            if (exception.Type is { } type) json.WriteString("exception.type", type);
            if (exception.Message is { } message) json.WriteString("exception.message", message);
            if (exception.Stack is { Count: > 0 } stack) json.WriteString("exception.stacktrace", string.Join('\n', stack.Select(Line)));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static string Line(StackFrame frame) => string.Create(CultureInfo.InvariantCulture, $"at {frame.Label} ({frame.Path}:{frame.Line})");

    static void WriteStatus(Utf8JsonWriter json, SegmentEntity entity)
    {
        json.WriteStartObject("status");
        json.WriteString("code", entity.Fault || entity.Error ? "ERROR" : "UNSET");
        if (MessageOf(entity.Cause) is { } message) json.WriteString("message", message);
        json.WriteEndObject();
    }

    static string? MessageOf(Cause? cause) => cause?.Message ?? (cause?.Exceptions is [var first, ..] ? first.Message : null);

    static void WriteLinks(Utf8JsonWriter json, IReadOnlyList<TraceLink> links)
    {
        if (links.Count == 0) return;
        json.WriteStartArray("links");
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", TraceIdOf(link.TraceId));
            json.WriteString("spanId", link.Id.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static long Nanoseconds(SegmentTime time) => time.EpochMicroseconds * 1000;
}
