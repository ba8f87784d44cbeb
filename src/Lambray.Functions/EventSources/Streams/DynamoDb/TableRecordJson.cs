using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.DynamoDb.Streams;
using Lambray.Resources.DynamoDb.Tables;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Functions.EventSources.Streams.DynamoDb;

/// <summary>Changes of items as a function sees them ("Using AWS Lambda with Amazon DynamoDB").</summary>
static class TableRecordJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static LogRecord Of(StreamRecord record, StreamState stream, Arn arn)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("eventID", record.EventId(stream));
            json.WriteString("eventName", record.Event.ToString().ToUpperInvariant());
            json.WriteString("eventVersion", "1.1");
            json.WriteString("eventSource", "aws:dynamodb");
            json.WriteString("awsRegion", arn.Region);
            WriteChange(json, record, stream);
            if (record.IsByService) WriteService(json);
            json.WriteString("eventSourceARN", arn.ToString());
            json.WriteEndObject();
        }
        var written = bytes.WrittenMemory;
        return new LogRecord(record.SequenceText, KeyOf(record), record.Time, written) { TraceHeader = record.TraceHeader, ForFilter = () => JsonElement.Parse(written.Span) };
    }

    static void WriteChange(Utf8JsonWriter json, StreamRecord record, StreamState stream)
    {
        json.WriteStartObject("dynamodb");
        // Whole seconds, as AWS tells them.
        json.WriteNumber("ApproximateCreationDateTime", record.Time.ToUnixTimeSeconds());
        WriteItem(json, "Keys", record.Keys);
        if (record.NewImage is { } changed) WriteItem(json, "NewImage", changed);
        if (record.OldImage is { } old) WriteItem(json, "OldImage", old);
        json.WriteString("SequenceNumber", record.SequenceText);
        json.WriteNumber("SizeBytes", record.SizeBytes);
        json.WriteString("StreamViewType", NameOf(stream.View));
        json.WriteEndObject();
    }

    // Deleted because its time had come.
    static void WriteService(Utf8JsonWriter json)
    {
        json.WriteStartObject("userIdentity");
        json.WriteString("principalId", "dynamodb.amazonaws.com");
        json.WriteString("type", "Service");
        json.WriteEndObject();
    }

    static void WriteItem(Utf8JsonWriter json, string name, MapValue item)
    {
        json.WritePropertyName(name);
        AttributeJson.WriteItem(json, item);
    }

    // All changes of one item follow each other.
    static string KeyOf(StreamRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) AttributeJson.WriteItem(json, record.Keys);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    static string NameOf(StreamView view) => view switch
    {
        StreamView.KeysOnly => "KEYS_ONLY",
        StreamView.NewImage => "NEW_IMAGE",
        StreamView.OldImage => "OLD_IMAGE",
        _ => "NEW_AND_OLD_IMAGES",
    };
}
