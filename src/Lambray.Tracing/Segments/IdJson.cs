using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lambray.Tracing.Segments;

/// <summary>Writes a trace id as the text that everybody knows it by.</summary>
public sealed class TraceIdJson : JsonConverter<TraceId>
{
    public override TraceId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TraceId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A trace id was expected.");

    public override void Write(Utf8JsonWriter writer, TraceId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Writes a segment id as its 16 digits.</summary>
public sealed class SegmentIdJson : JsonConverter<SegmentId>
{
    public override SegmentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SegmentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A segment id was expected.");

    public override void Write(Utf8JsonWriter writer, SegmentId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
