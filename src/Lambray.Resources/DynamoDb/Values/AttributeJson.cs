using System.Text.Json;
using System.Text.Json.Serialization;
using Lambray.Aws;

namespace Lambray.Resources.DynamoDb.Values;

/// <summary>Values as the API and the events of streams write them: <c>{"S": "text"}</c>.</summary>
public static class AttributeJson
{
    const int LevelsMax = 32;

    /// <exception cref="AwsException">SerializationException for what has another form.</exception>
    public static AttributeValue Read(ref Utf8JsonReader json) => Read(ref json, level: 0);

    /// <inheritdoc cref="Read(ref Utf8JsonReader)"/>
    public static MapValue ReadItem(ref Utf8JsonReader json)
    {
        var entries = ReadEntries(ref json, level: 0, out _);
        return new MapValue(entries);
    }

    public static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        json.WriteStartObject();
        json.WritePropertyName(NameOf(value.Type));
        switch (value)
        {
            case StringValue text:
                json.WriteStringValue(text.Text);
                break;
            case NumberValue number:
                json.WriteStringValue(number.Number.ToString());
                break;
            case BinaryValue binary:
                json.WriteBase64StringValue(binary.Bytes);
                break;
            case BooleanValue boolean:
                json.WriteBooleanValue(boolean.IsTrue);
                break;
            case SetValue set:
                WriteSet(json, set);
                break;
            case ListValue list:
                json.WriteStartArray();
                foreach (var element in list.Elements) Write(json, element);
                json.WriteEndArray();
                break;
            case MapValue map:
                WriteItem(json, map);
                break;
            default:
                json.WriteBooleanValue(true);
                break;
        }
        json.WriteEndObject();
    }

    /// <summary>Attributes by name, without the mark of a map before them.</summary>
    public static void WriteItem(Utf8JsonWriter json, MapValue item)
    {
        json.WriteStartObject();
        foreach (var (name, value) in item.Entries)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }
        json.WriteEndObject();
    }

    static string NameOf(AttributeType type) => type switch
    {
        AttributeType.S => "S",
        AttributeType.N => "N",
        AttributeType.B => "B",
        AttributeType.SS => "SS",
        AttributeType.NS => "NS",
        AttributeType.BS => "BS",
        AttributeType.M => "M",
        AttributeType.L => "L",
        AttributeType.BOOL => "BOOL",
        _ => "NULL",
    };

    static void WriteSet(Utf8JsonWriter json, SetValue set)
    {
        json.WriteStartArray();
        foreach (var element in set.Elements)
        {
            if (element is StringValue text) json.WriteStringValue(text.Text);
            else if (element is NumberValue number) json.WriteStringValue(number.Number.ToString());
            else json.WriteBase64StringValue(((BinaryValue)element).Bytes);
        }
        json.WriteEndArray();
    }

    static AttributeValue Read(ref Utf8JsonReader json, int level)
    {
        if (json.TokenType == JsonTokenType.StartArray)
            throw DynamoErrors.NotSerializable("Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue");
        if (json.TokenType != JsonTokenType.StartObject) throw DynamoErrors.NotSerializable("Unexpected value type in payload");
        AttributeValue? found = null;
        AttributeValue? faulty = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var type = json.GetString()!;
            json.Read();
            if (json.TokenType == JsonTokenType.Null) continue;
            var value = ReadAs(ref json, type, level);
            if (value is null) continue;
            faulty ??= value as FaultyValue
                ?? (found is null ? null : new FaultyValue("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"));
            found = value;
        }
        return faulty ?? found ?? new FaultyValue("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    static AttributeValue? ReadAs(ref Utf8JsonReader json, string type, int level)
    {
        switch (type)
        {
            case "S":
                return new StringValue(ReadText(ref json));
            case "N":
                return NumberOf(ReadText(ref json));
            case "B":
                return new BinaryValue(ReadBinary(ref json));
            case "BOOL":
                return new BooleanValue(ReadBoolean(ref json));
            case "NULL":
                return ReadBoolean(ref json) ? NullValue.Instance : new FaultyValue("One or more parameter values were invalid: Null attribute value types must have the value of true");
            case "SS":
                return ReadSet(ref json, AttributeType.S);
            case "NS":
                return ReadSet(ref json, AttributeType.N);
            case "BS":
                return ReadSet(ref json, AttributeType.B);
            case "L":
                return ReadList(ref json, level + 1);
            case "M":
                var entries = ReadEntries(ref json, level + 1, out var faulty);
                return (AttributeValue?)faulty ?? new MapValue(entries);
            default:
                json.Skip();
                return null;
        }
    }

    static AttributeValue NumberOf(string text) =>
        DynamoNumber.TryParse(text, out var number, out var refusal) ? new NumberValue(number) : new FaultyValue(refusal);

    static AttributeValue ReadList(ref Utf8JsonReader json, int level)
    {
        RequireList(ref json);
        var elements = new List<AttributeValue>();
        FaultyValue? faulty = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var element = Read(ref json, level);
            faulty ??= element as FaultyValue;
            elements.Add(element);
        }
        return TooDeep(level) ?? (AttributeValue?)faulty ?? new ListValue(elements);
    }

    static Dictionary<string, AttributeValue> ReadEntries(ref Utf8JsonReader json, int level, out FaultyValue? faulty)
    {
        if (json.TokenType == JsonTokenType.StartArray)
            throw DynamoErrors.NotSerializable("Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>");
        if (json.TokenType != JsonTokenType.StartObject) throw DynamoErrors.NotSerializable("Unexpected field type");
        var entries = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        faulty = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString()!;
            json.Read();
            var value = Read(ref json, level);
            faulty ??= value as FaultyValue;
            entries[name] = value;
        }
        faulty ??= TooDeep(level);
        return entries;
    }

    static FaultyValue? TooDeep(int level) =>
        level > LevelsMax ? new FaultyValue("Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit") : null;

    static AttributeValue ReadSet(ref Utf8JsonReader json, AttributeType type)
    {
        RequireList(ref json);
        var elements = new List<AttributeValue>();
        FaultyValue? faulty = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var element = type switch
            {
                AttributeType.S => new StringValue(ReadText(ref json)),
                AttributeType.N => NumberOf(ReadText(ref json)),
                _ => new BinaryValue(ReadBinary(ref json)),
            };
            faulty ??= element as FaultyValue;
            elements.Add(element);
        }
        if (faulty is not null) return faulty;
        return SetRefusal(type, elements) is { } refusal ? new FaultyValue(refusal) : new SetValue(type, elements);
    }

    // The spaces and the missing ones are AWS's.
    static string? SetRefusal(AttributeType type, List<AttributeValue> elements)
    {
        const string Invalid = "One or more parameter values were invalid: ";
        if (elements.Count == 0)
            return Invalid + (type == AttributeType.S ? "An string set  may not be empty" : type == AttributeType.N ? "An number set  may not be empty" : "Binary sets should not be empty");
        if (elements.ToHashSet().Count == elements.Count) return null;
        if (type == AttributeType.N) return "Input collection contains duplicates";
        var shown = string.Join(", ", elements.Select(element => element is StringValue text ? text.Text : Convert.ToBase64String(((BinaryValue)element).Bytes)));
        return type == AttributeType.S ? $"{Invalid}Input collection [{shown}] contains duplicates." : $"{Invalid}Input collection [{shown}]of type BS contains duplicates.";
    }

    static void RequireList(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartObject) throw DynamoErrors.NotSerializable("Start of structure or map found where not expected");
        if (json.TokenType != JsonTokenType.StartArray) throw DynamoErrors.NotSerializable("Unexpected field type");
    }

    static string ReadText(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => json.GetString()!,
        JsonTokenType.Number => throw DynamoErrors.NotSerializable(json.TryGetInt64(out _) ? "NUMBER_VALUE cannot be converted to String" : "DECIMAL_VALUE cannot be converted to String"),
        JsonTokenType.True or JsonTokenType.False => throw DynamoErrors.NotSerializable(json.TokenType == JsonTokenType.True ? "TRUE_VALUE cannot be converted to String" : "FALSE_VALUE cannot be converted to String"),
        JsonTokenType.StartArray => throw DynamoErrors.NotSerializable("Unrecognized collection type class java.lang.String"),
        _ => throw DynamoErrors.NotSerializable("Start of structure or map found where not expected"),
    };

    static byte[] ReadBinary(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.StartArray) throw DynamoErrors.NotSerializable("Unrecognized collection type class java.nio.ByteBuffer");
        if (json.TokenType == JsonTokenType.StartObject) throw DynamoErrors.NotSerializable("Start of structure or map found where not expected");
        if (json.TokenType != JsonTokenType.String) throw DynamoErrors.NotSerializable("only base-64-encoded strings are convertible to bytes");
        if (json.TryGetBytesFromBase64(out var bytes)) return bytes;
        var length = json.GetString()!.Length;
        throw DynamoErrors.NotSerializable(
            length % 4 != 0 ? $"Base64 encoded length is expected a multiple of 4 bytes but found: {length}" : "Invalid last non-pad Base64 character dectected");
    }

    static bool ReadBoolean(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String when json.GetString()!.ToUpperInvariant() is "TRUE" or "1" or "YES" => true,
        JsonTokenType.String when json.GetString()!.ToUpperInvariant() is "FALSE" or "0" or "NO" => false,
        JsonTokenType.Number => throw DynamoErrors.NotSerializable("NUMBER_VALUE cannot be converted to Boolean"),
        JsonTokenType.StartArray => throw DynamoErrors.NotSerializable("Unrecognized collection type class java.lang.Boolean"),
        JsonTokenType.StartObject => throw DynamoErrors.NotSerializable("Start of structure or map found where not expected"),
        _ => throw DynamoErrors.NotSerializable("Unexpected token received from parser"),
    };
}

/// <summary>For members of requests and answers that are one value.</summary>
public sealed class AttributeValueConverter : JsonConverter<AttributeValue>
{
    public override AttributeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => AttributeJson.Read(ref reader);

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options) => AttributeJson.Write(writer, value);
}

/// <summary>For members of requests and answers that are an item or a key.</summary>
public sealed class ItemConverter : JsonConverter<MapValue>
{
    public override MapValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => AttributeJson.ReadItem(ref reader);

    public override void Write(Utf8JsonWriter writer, MapValue value, JsonSerializerOptions options) => AttributeJson.WriteItem(writer, value);
}
