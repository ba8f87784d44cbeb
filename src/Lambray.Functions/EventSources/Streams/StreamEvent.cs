using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.Functions.EventSources.Streams;

/// <summary>The event that a function gets: <c>{"Records": […]}</c>, in a tumbling window with what belongs to it.</summary>
static class StreamEvent
{
    /// <summary>Of an event; more is no request of Lambda's.</summary>
    public const int BytesMax = 6 * 1024 * 1024;

    /// <summary>For what stands around the records, but for a window's state.</summary>
    const int EnvelopeBytes = 1024;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>How many bytes of records fit into an event.</summary>
    public static int RecordBytesMax(StreamMapping mapping) => BytesMax - EnvelopeBytes - (mapping.Tumbling is null ? 0 : TumblingWindow.StateBytesMax);

    public static byte[] Of(IReadOnlyList<LogRecord> records, string shard, StreamMapping mapping, OpenWindow? open, bool isFinal)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var record in records) json.WriteRawValue(record.Json.Span, skipInputValidation: true);
            json.WriteEndArray();
            if (open is not null)
            {
                new TumblingWindow(open.Start, mapping.Tumbling!.Value).Write(json, open, isFinal);
                json.WriteString("shardId", shard);
                json.WriteString("eventSourceARN", mapping.Stream.ToString());
            }
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
