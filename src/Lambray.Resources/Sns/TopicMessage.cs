using System.Text.Json;
using Lambray.Resources.Messaging;

namespace Lambray.Resources.Sns;

/// <summary>A message that is being published, found to be in order.</summary>
/// <param name="ByProtocol">Texts of their own for some protocols (<c>MessageStructure: json</c>); null when all get the same.</param>
public sealed record TopicMessage(string Body, IReadOnlyDictionary<string, string>? ByProtocol, IReadOnlyDictionary<string, MessageAttribute> Attributes)
{
    public Guid Id { get; init; } = Guid.NewGuid();

    public string? Subject { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Of FIFO topics.</summary>
    public string? SequenceNumber { get; init; }

    public DateTimeOffset Published { get; init; }

    /// <summary>The trace that it is published in, as it goes on from here.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>Where the server was reached: links in the message lead there.</summary>
    public string Server { get; init; } = "";

    public string BodyFor(string protocol) => ByProtocol?.GetValueOrDefault(protocol) ?? Body;

    /// <summary>The attributes as filter policies see them: numbers as numbers, lists as lists, binary ones not at all.</summary>
    internal JsonElement AttributesJson => field.ValueKind == JsonValueKind.Undefined ? field = WriteAttributes() : field;

    JsonElement WriteAttributes()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (name, attribute) in Attributes)
            {
                if (attribute.Text is null) continue;
                json.WritePropertyName(name);
                var type = attribute.DataType;
                if (type == "Number" || type.StartsWith("Number.", StringComparison.Ordinal) || type == "String.Array") json.WriteRawValue(attribute.Text.Trim(), skipInputValidation: true);
                else json.WriteStringValue(attribute.Text);
            }
            json.WriteEndObject();
        }
        return JsonElement.Parse(bytes.ToArray());
    }
}
