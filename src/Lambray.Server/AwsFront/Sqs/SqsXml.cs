using System.Text.Json;
using System.Xml.Linq;

namespace Lambray.Server.AwsFront.Sqs;

/// <summary>An answer as the query protocol writes it: lists and maps as repeated elements.</summary>
static class SqsXml
{
    static readonly Dictionary<string, string> Lists = new()
    {
        ["QueueUrls"] = "QueueUrl",
        ["queueUrls"] = "QueueUrl",
        ["Messages"] = "Message",
        ["Results"] = "ListMessageMoveTasksResultEntry",
        ["Failed"] = "BatchResultErrorEntry",
    };

    static readonly Dictionary<string, (string Element, string Key)> Maps = new()
    {
        ["Attributes"] = ("Attribute", "Name"),
        ["MessageAttributes"] = ("MessageAttribute", "Name"),
        ["Tags"] = ("Tag", "Key"),
    };

    public static IEnumerable<XElement> Members(XNamespace space, string operation, JsonElement answer) =>
        answer.EnumerateObject().SelectMany(member => Member(space, operation, member));

    static IEnumerable<XElement> Member(XNamespace space, string operation, JsonProperty member)
    {
        if (Maps.TryGetValue(member.Name, out var map))
            return member.Value.EnumerateObject().Select(entry => new XElement(
                space + map.Element, new XElement(space + map.Key, entry.Name), Element(space, operation, "Value", entry.Value)));
        // What went well has a name of its own in each operation: SendMessageBatchResultEntry.
        var item = member.Name == "Successful" ? $"{operation}ResultEntry" : Lists.GetValueOrDefault(member.Name);
        return item is null
            ? [Element(space, operation, member.Name, member.Value)]
            : member.Value.EnumerateArray().Select(value => Element(space, operation, item, value));
    }

    static XElement Element(XNamespace space, string operation, string name, JsonElement value) => new(space + name, value.ValueKind switch
    {
        JsonValueKind.Object => Members(space, operation, value),
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    });
}
