using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.Messaging;
using Lambray.Resources.Sqs;

namespace Lambray.Functions.EventSources.Queues;

/// <summary>Messages as a function sees them, and as filters do.</summary>
static class QueueRecords
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event: <c>{"Records": [{"messageId": …, "body": …}]}</c>.</summary>
    public static byte[] Event(IReadOnlyList<ReceivedMessage> batch, QueueConfig queue, string arn)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var message in batch) Write(json, message, queue, arn, static (json, body) => json.WriteString("body", body));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The record that a filter is held against: a body that is a JSON object stands there as one, any other as text.</summary>
    public static JsonElement ForFilter(ReceivedMessage message, QueueConfig queue)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options)) Write(json, message, queue, "", WriteBody);
        return JsonElement.Parse(bytes.WrittenSpan);
    }

    static void WriteBody(Utf8JsonWriter json, string body)
    {
        try
        {
            var parsed = JsonElement.Parse(body);
            if (parsed.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName("body");
                parsed.WriteTo(json);
                return;
            }
        }
        catch (JsonException)
        {
            // Text.
        }
        json.WriteString("body", body);
    }

    static void Write(Utf8JsonWriter json, ReceivedMessage received, QueueConfig queue, string arn, Action<Utf8JsonWriter, string> writeBody)
    {
        var message = received.Message;
        json.WriteStartObject();
        json.WriteString("messageId", message.Id.ToString());
        json.WriteString("receiptHandle", received.ReceiptHandle);
        writeBody(json, message.Body);
        json.WriteStartObject("attributes");
        foreach (var (name, value) in ReceivedAttributes.Of(received, queue.IsFifo)) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("messageAttributes");
        foreach (var (name, attribute) in message.Attributes) WriteAttribute(json, name, attribute);
        json.WriteEndObject();
        if (message.Attributes.Count > 0) json.WriteString("md5OfMessageAttributes", MessageAttribute.Md5(message.Attributes));
        json.WriteString("md5OfBody", MessageAttribute.Md5(message.Body));
        json.WriteString("eventSource", "aws:sqs");
        json.WriteString("eventSourceARN", arn);
        json.WriteString("awsRegion", Arn.TryParse(arn, out var parsed) ? parsed.Region : "");
        json.WriteEndObject();
    }

    static void WriteAttribute(Utf8JsonWriter json, string name, MessageAttribute attribute)
    {
        json.WriteStartObject(name);
        if (attribute.Binary is { } binary) json.WriteBase64String("binaryValue", binary);
        else json.WriteString("stringValue", attribute.Text);
        json.WriteStartArray("stringListValues");
        json.WriteEndArray();
        json.WriteStartArray("binaryListValues");
        json.WriteEndArray();
        json.WriteString("dataType", attribute.DataType);
        json.WriteEndObject();
    }
}
