using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>The text of an input transformer with the values of an event in it ("Amazon EventBridge input transformation").</summary>
/// <remarks>
/// <code>
/// {"who": &lt;name&gt;, "text": "&lt;name&gt; has come"}   →   {"who": "Ann", "text": "Ann has come"}
/// </code>
/// Inside quotes a text stands without its own; what is not in the event is an empty text. A template that is one text keeps its quotes.
/// </remarks>
static class InputTemplate
{
    static readonly string[] Reserved =
        ["aws.events.rule-arn", "aws.events.rule-name", "aws.events.event.ingestion-time", "aws.events.event", "aws.events.event.json"];

    static readonly JsonElement Missing = JsonElement.Parse("\"\"");

    /// <summary>The first name in angle brackets that neither the map nor EventBridge knows; null when all are known.</summary>
    public static string? FirstUnknown(string template, IReadOnlyDictionary<string, string>? paths) =>
        Placeholders(template).Select(placeholder => placeholder.Name).FirstOrDefault(name => paths?.ContainsKey(name) != true && !Reserved.Contains(name));

    public static string Fill(InputTransformer transformer, BusEvent happened, string ruleArn, string ruleName, DateTimeOffset ingested)
    {
        var template = transformer.InputTemplate!;
        var filled = new StringBuilder();
        var (at, isInText) = (0, false);
        foreach (var (start, end, name) in Placeholders(template))
        {
            filled.Append(template, at, start - at);
            isInText = IsInTextAfter(template.AsSpan(at, start - at), isInText);
            filled.Append(Written(ValueOf(name), isInText));
            at = end;
        }
        return filled.Append(template, at, template.Length - at).ToString();

        JsonElement ValueOf(string name) => name switch
        {
            "aws.events.rule-arn" => Text(ruleArn),
            "aws.events.rule-name" => Text(ruleName),
            "aws.events.event.ingestion-time" => Text(ingested.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            "aws.events.event" or "aws.events.event.json" => happened.Json,
            _ => EventPath.Find(transformer.InputPathsMap![name])!.Of(happened.Json) ?? Missing,
        };
    }

    static string Written(JsonElement value, bool isInText)
    {
        if (!isInText) return value.GetRawText();
        return value.ValueKind == JsonValueKind.String
            ? JsonEncodedText.Encode(value.GetString()!, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()
            : JsonEncodedText.Encode(value.GetRawText(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
    }

    // An escaped quote does not end a text.
    static bool IsInTextAfter(ReadOnlySpan<char> part, bool isInText)
    {
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '\\') i++;
            else if (part[i] == '"') isInText = !isInText;
        }
        return isInText;
    }

    static IEnumerable<(int Start, int End, string Name)> Placeholders(string template)
    {
        for (var at = 0; template.IndexOf('<', at) is var start and >= 0 && template.IndexOf('>', start) is var end and >= 0; at = end + 1)
            yield return (start, end + 1, template[(start + 1)..end]);
    }

    static JsonElement Text(string text) => JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");
}
