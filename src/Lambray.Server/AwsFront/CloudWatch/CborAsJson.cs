using System.Buffers;
using System.Formats.Cbor;
using System.Globalization;
using System.Text.Json;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>Translates between CBOR and JSON, of which Smithy's protocols use the same part.</summary>
static class CborAsJson
{
    // Requests are three or four levels deep.
    const int DepthMax = 32;

    /// <exception cref="CborContentException">It is no CBOR, or of the part of it that has no JSON.</exception>
    public static byte[] Read(ReadOnlyMemory<byte> cbor)
    {
        var json = new ArrayBufferWriter<byte>();
        var reader = new CborReader(cbor, CborConformanceMode.Lax);
        using (var writer = new Utf8JsonWriter(json)) Copy(reader, writer, depth: 0);
        return json.WrittenSpan.ToArray();
    }

    /// <param name="timeNames">Members whose numbers are times.</param>
    public static byte[] Write(JsonElement value, IReadOnlySet<string> timeNames)
    {
        var writer = new CborWriter();
        Copy(value, writer, timeNames, isTime: false);
        return writer.Encode();
    }

    static void Copy(CborReader reader, Utf8JsonWriter json, int depth)
    {
        if (depth > DepthMax) throw new CborContentException("The body is too deep.");
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                json.WriteStartObject();
                for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
                {
                    json.WritePropertyName(reader.ReadTextString());
                    Copy(reader, json, depth + 1);
                }
                reader.ReadEndMap();
                json.WriteEndObject();
                break;
            case CborReaderState.StartArray:
                json.WriteStartArray();
                for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray;) Copy(reader, json, depth + 1);
                reader.ReadEndArray();
                json.WriteEndArray();
                break;
            // Times are numbers with a tag that says so; JSON has the number alone.
            case CborReaderState.Tag:
                reader.ReadTag();
                Copy(reader, json, depth + 1);
                break;
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                json.WriteStringValue(reader.ReadTextString());
                break;
            case CborReaderState.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case CborReaderState.Null:
                reader.ReadNull();
                json.WriteNullValue();
                break;
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                WriteNumber(json, reader.ReadDouble());
                break;
            default:
                throw new CborContentException($"{reader.PeekState()} has no place in a request.");
        }
    }

    // What is no number JSON has as text.
    static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    static void Copy(JsonElement value, CborWriter writer, IReadOnlySet<string> timeNames, bool isTime)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartMap(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.WriteTextString(property.Name);
                    Copy(property.Value, writer, timeNames, timeNames.Contains(property.Name));
                }
                writer.WriteEndMap();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Copy(item, writer, timeNames, isTime);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteTextString(value.GetString()!);
                break;
            case JsonValueKind.Number:
                if (isTime) writer.WriteTag(CborTag.UnixTimeSeconds);
                writer.WriteDouble(value.GetDouble());
                break;
            case JsonValueKind.Null:
                writer.WriteNull();
                break;
            default:
                writer.WriteBoolean(value.GetBoolean());
                break;
        }
    }
}
