using System.Buffers;
using System.Formats.Cbor;
using System.Globalization;
using System.Text.Json;

namespace Lambray.Server.AwsFront.Cbor;

/// <summary>Translates between CBOR and JSON, of which AWS's protocols use the same part.</summary>
static class CborAsJson
{
    // Requests are three or four levels deep.
    const int DepthMax = 32;

    const double MillisecondsPerSecond = 1000;

    /// <exception cref="CborContentException">It is no CBOR, or of the part of it that has no JSON.</exception>
    public static byte[] Read(ReadOnlyMemory<byte> cbor, CborForm form)
    {
        var json = new ArrayBufferWriter<byte>();
        var reader = new CborReader(cbor, CborConformanceMode.Lax);
        using (var writer = new Utf8JsonWriter(json)) Copy(reader, writer, form, depth: 0);
        return json.WrittenSpan.ToArray();
    }

    public static byte[] Write(JsonElement value, CborForm form)
    {
        var writer = new CborWriter();
        Copy(value, writer, form, member: "");
        return writer.Encode();
    }

    static void Copy(CborReader reader, Utf8JsonWriter json, CborForm form, int depth)
    {
        if (depth > DepthMax) throw new CborContentException("The body is too deep.");
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                json.WriteStartObject();
                for (reader.ReadStartMap(); reader.PeekState() != CborReaderState.EndMap;)
                {
                    json.WritePropertyName(reader.ReadTextString());
                    Copy(reader, json, form, depth + 1);
                }
                reader.ReadEndMap();
                json.WriteEndObject();
                break;
            case CborReaderState.StartArray:
                json.WriteStartArray();
                for (reader.ReadStartArray(); reader.PeekState() != CborReaderState.EndArray;) Copy(reader, json, form, depth + 1);
                reader.ReadEndArray();
                json.WriteEndArray();
                break;
            // Times are numbers with a tag that says so; JSON has the number alone.
            case CborReaderState.Tag:
                if (reader.ReadTag() == CborTag.UnixTimeSeconds && form.IsOfAws) json.WriteNumberValue(ReadNumber(reader) / MillisecondsPerSecond);
                else Copy(reader, json, form, depth + 1);
                break;
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                json.WriteBase64StringValue(reader.ReadByteString());
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

    static double ReadNumber(CborReader reader) =>
        reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger ? reader.ReadInt64() : reader.ReadDouble();

    // What is no number JSON has as text.
    static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    static void Copy(JsonElement value, CborWriter writer, CborForm form, string member)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartMap(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.WriteTextString(property.Name);
                    Copy(property.Value, writer, form, property.Name);
                }
                writer.WriteEndMap();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Copy(item, writer, form, member);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when form.BlobNames.Contains(member):
                writer.WriteByteString(value.GetBytesFromBase64());
                break;
            case JsonValueKind.String:
                writer.WriteTextString(value.GetString()!);
                break;
            case JsonValueKind.Number:
                WriteNumber(value, writer, form, form.TimeNames.Contains(member));
                break;
            case JsonValueKind.Null:
                writer.WriteNull();
                break;
            default:
                writer.WriteBoolean(value.GetBoolean());
                break;
        }
    }

    static void WriteNumber(JsonElement value, CborWriter writer, CborForm form, bool isTime)
    {
        if (isTime) writer.WriteTag(CborTag.UnixTimeSeconds);
        if (form.IsOfAws && isTime) writer.WriteInt64((long)Math.Round(value.GetDouble() * MillisecondsPerSecond));
        else if (form.IsOfAws && value.TryGetInt64(out var whole)) writer.WriteInt64(whole);
        else writer.WriteDouble(value.GetDouble());
    }
}
