using System.Buffers;
using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.DynamoDb;
using Lambray.Resources.DynamoDb.Values;

namespace Lambray.Server.AwsFront.DynamoDb;

/// <summary>DynamoDB's errors: where they come from stands before the code, and failed conditions show their items.</summary>
static class DynamoErrorFormat
{
    static readonly JsonWriterOptions Relaxed = new() { Encoder = DynamoJson.Encoder };

    public static Task WriteAsync(HttpContext http, AwsException error)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Relaxed)) Write(json, error);
        return DynamoDoor.WriteAsync(http, error.Status, body.WrittenSpan.ToArray());
    }

    static void Write(Utf8JsonWriter json, AwsException error)
    {
        json.WriteStartObject();
        json.WriteString("__type", SourceOf(error.Code) + error.Code);
        // The older parts of the service write it small, the newer ones large.
        json.WriteString(error.Code is DynamoErrors.TransactionCanceled or DynamoErrors.Serialization ? "Message" : "message", error.Message);
        if (error.Details is MapValue item)
        {
            json.WritePropertyName("Item");
            AttributeJson.WriteItem(json, item);
        }
        if (error.Details is IReadOnlyList<CancellationReason> reasons)
        {
            json.WriteStartArray("CancellationReasons");
            foreach (var reason in reasons) Write(json, reason);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, CancellationReason reason)
    {
        json.WriteStartObject();
        json.WriteString("Code", reason.Code);
        if (reason.Message is { } message) json.WriteString("Message", message);
        if (reason.Item is { } item)
        {
            json.WritePropertyName("Item");
            AttributeJson.WriteItem(json, item);
        }
        json.WriteEndObject();
    }

    static string SourceOf(string code) => code switch
    {
        DynamoErrors.Validation => "com.amazon.coral.validate#",
        DynamoErrors.Serialization or "UnknownOperationException" or "AccessDeniedException" or "UnrecognizedClientException" or "InvalidSignatureException" or "MissingAuthenticationTokenException"
            => "com.amazon.coral.service#",
        _ => "com.amazonaws.dynamodb.v20120810#",
    };
}
