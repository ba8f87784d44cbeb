using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lambray.Aws;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>The parameters of a query as the JSON that the newer protocol has for them.</summary>
/// <remarks>
/// <code>
/// Attribute.1.Name=DelaySeconds&amp;Attribute.1.Value=5     {"Attributes": {"DelaySeconds": "5"}}
/// SendMessageBatchRequestEntry.1.Id=a                  {"Entries": [{"Id": "a"}]}
/// </code>
/// </remarks>
sealed class SqsForm
{
    // Entry, number, attribute, number, value, field: six at most.
    const int DepthMax = 8;

    static readonly Dictionary<string, string> Lists = new()
    {
        ["AttributeName"] = "AttributeNames",
        ["MessageAttributeName"] = "MessageAttributeNames",
        ["MessageSystemAttributeName"] = "MessageSystemAttributeNames",
        ["AWSAccountId"] = "AWSAccountIds",
        ["ActionName"] = "Actions",
        ["TagKey"] = "TagKeys",
        ["SendMessageBatchRequestEntry"] = "Entries",
        ["DeleteMessageBatchRequestEntry"] = "Entries",
        ["ChangeMessageVisibilityBatchRequestEntry"] = "Entries",
    };

    // With the names that a key and a value have in them.
    static readonly Dictionary<string, (string Member, string Key)> Maps = new()
    {
        ["Attribute"] = ("Attributes", "Name"),
        ["MessageAttribute"] = ("MessageAttributes", "Name"),
        ["MessageSystemAttribute"] = ("MessageSystemAttributes", "Name"),
        ["Tag"] = ("Tags", "Key"),
    };

    readonly SortedDictionary<string, SqsForm> parts = new(Comparer<string>.Create(static (a, b) =>
        IndexOf(a) is { } first && IndexOf(b) is { } second ? first.CompareTo(second) : string.CompareOrdinal(a, b)));

    string? text;

    /// <param name="path">A queue's own path stands for its address.</param>
    public static byte[] ToJson(IEnumerable<KeyValuePair<string, string>> parameters, string? path)
    {
        var root = new SqsForm();
        if (path is { Length: > 1 }) root.Part("QueueUrl").text = path;
        foreach (var (name, value) in parameters)
        {
            var node = root;
            var parts = name.Split('.');
            if (parts.Length > DepthMax) throw new AwsException("MalformedInput", StatusCodes.Status400BadRequest, $"No parameter has so many parts as {name}.");
            foreach (var part in parts) node = node.Part(part);
            node.text = value;
        }
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json)) root.Write(writer);
        return json.WrittenSpan.ToArray();
    }

    SqsForm Part(string name)
    {
        if (!parts.TryGetValue(name, out var part)) parts[name] = part = new SqsForm();
        return part;
    }

    void Write(Utf8JsonWriter json)
    {
        if (parts.Count == 0)
        {
            json.WriteStringValue(text);
            return;
        }
        json.WriteStartObject();
        foreach (var (name, part) in parts)
        {
            if (Lists.TryGetValue(name, out var list)) part.WriteList(json, list);
            else if (Maps.TryGetValue(name, out var map)) part.WriteMap(json, map.Member, map.Key);
            // An empty list is sent by the name that it has in JSON.
            else if (part.parts.Count > 0 || part.text?.Length > 0 || !Lists.ContainsValue(name))
            {
                json.WritePropertyName(name);
                part.Write(json);
            }
        }
        json.WriteEndObject();
    }

    void WriteList(Utf8JsonWriter json, string member)
    {
        json.WriteStartArray(member);
        foreach (var item in parts.Values) item.Write(json);
        json.WriteEndArray();
    }

    void WriteMap(Utf8JsonWriter json, string member, string key)
    {
        json.WriteStartObject(member);
        foreach (var entry in parts.Values)
        {
            if (!entry.parts.TryGetValue(key, out var name) || name.text is null) continue;
            json.WritePropertyName(name.text);
            if (entry.parts.TryGetValue("Value", out var value)) value.Write(json);
            else json.WriteStringValue("");
        }
        json.WriteEndObject();
    }

    static int? IndexOf(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
