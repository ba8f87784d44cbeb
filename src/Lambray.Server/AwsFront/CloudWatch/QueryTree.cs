using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Lambray.Server.AwsFront.CloudWatch;

/// <summary>The parameters of a query as the tree that their names stand for; all that is not a structure or a list is text.</summary>
/// <remarks>
/// <code>
/// MetricData.member.1.MetricName=Latency        {"MetricData": [{"MetricName": "Latency",
/// MetricData.member.1.Values.member.1=3.5         "Values": ["3.5"]}]}
/// </code>
/// </remarks>
sealed class QueryTree
{
    const string ListMark = "member";

    readonly SortedDictionary<string, QueryTree> parts = new(PartOrder);
    string? text;

    static Comparer<string> PartOrder { get; } = Comparer<string>.Create(static (a, b) =>
        IndexOf(a) is { } first && IndexOf(b) is { } second ? first.CompareTo(second) : string.CompareOrdinal(a, b));

    public static QueryTree Of(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var root = new QueryTree();
        foreach (var (name, value) in parameters)
        {
            var node = root;
            foreach (var part in name.Split('.')) node = node.Part(part);
            node.text = value;
        }
        return root;
    }

    public byte[] ToJson()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json)) Write(writer);
        return json.WrittenSpan.ToArray();
    }

    QueryTree Part(string name)
    {
        if (!parts.TryGetValue(name, out var part)) parts[name] = part = new QueryTree();
        return part;
    }

    void Write(Utf8JsonWriter json)
    {
        if (parts.Count == 0)
        {
            json.WriteStringValue(text);
        }
        else if (parts.TryGetValue(ListMark, out var list))
        {
            json.WriteStartArray();
            foreach (var item in list.parts.Values) item.Write(json);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            foreach (var (name, part) in parts)
            {
                json.WritePropertyName(name);
                part.Write(json);
            }
            json.WriteEndObject();
        }
    }

    static int? IndexOf(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
