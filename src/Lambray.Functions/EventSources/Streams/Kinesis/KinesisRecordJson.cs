using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Kinesis;

namespace Lambray.Functions.EventSources.Streams.Kinesis;

/// <summary>Records of Kinesis as a function sees them, and as filters do ("Using Lambda to process records from Amazon Kinesis Data Streams").</summary>
static class KinesisRecordJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static LogRecord Of(StreamRecord record, string shard, Arn stream, string role)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("kinesis");
            WriteMembers(json, record);
            json.WriteBase64String("data", record.Data);
            json.WriteEndObject();
            json.WriteString("eventSource", "aws:kinesis");
            json.WriteString("eventVersion", "1.0");
            json.WriteString("eventID", $"{shard}:{record.Number}");
            json.WriteString("eventName", "aws:kinesis:record");
            json.WriteString("invokeIdentityArn", role);
            json.WriteString("awsRegion", stream.Region);
            json.WriteString("eventSourceARN", stream.ToString());
            json.WriteEndObject();
        }
        return new LogRecord(record.Number.ToString(), record.PartitionKey, record.Arrival, bytes.WrittenMemory)
        {
            TraceHeader = record.TraceHeader,
            ForFilter = () => ForFilter(record),
        };
    }

    // The record's own members, with the data decoded: an object stands there as one, other text as text, and what is no text fits nothing.
    static JsonElement ForFilter(StreamRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            WriteMembers(json, record);
            if (TextOf(record.Data) is { } text)
            {
                json.WritePropertyName("data");
                if (ParseObject(text) is { } parsed) parsed.WriteTo(json);
                else json.WriteStringValue(text);
            }
            json.WriteEndObject();
        }
        return JsonElement.Parse(bytes.WrittenSpan);
    }

    static void WriteMembers(Utf8JsonWriter json, StreamRecord record)
    {
        json.WriteString("kinesisSchemaVersion", "1.0");
        json.WriteString("partitionKey", record.PartitionKey);
        json.WriteString("sequenceNumber", record.Number.ToString());
        json.WriteNumber("approximateArrivalTimestamp", record.Arrival.ToUnixTimeMilliseconds() / 1000m);
    }

    static string? TextOf(byte[] data)
    {
        try
        {
            return Strict.GetString(data);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static JsonElement? ParseObject(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } parsed ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
