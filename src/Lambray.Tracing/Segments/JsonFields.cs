using System.Globalization;
using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Reads optional values of JSON; one that is absent or of another type gives null.</summary>
static class JsonFields
{
    public static string? AsText(this JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool? AsFlag(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static double? AsNumber(this JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A whole number, also when it is written as text: the Node.js SDK copies <c>content_length</c> out of a header.</summary>
    public static long? AsWholeNumber(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String => WholeNumber(value.GetString()),
        _ => null,
    };

    public static int? AsSmallNumber(this JsonElement value) =>
        value.AsWholeNumber() is { } number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static JsonElement? AsBlock(this JsonElement value) => value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>Those items of an array that are objects; none when it is something else.</summary>
    public static IEnumerable<JsonElement> AsBlocks(this JsonElement value) => value.AsItems().Where(item => item.ValueKind == JsonValueKind.Object);

    public static IEnumerable<string> AsTexts(this JsonElement value) =>
        value.AsItems().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    public static string? Text(this JsonElement json, string field) => json.Find(field).AsText();

    public static bool? Flag(this JsonElement json, string field) => json.Find(field).AsFlag();

    public static int? SmallNumber(this JsonElement json, string field) => json.Find(field).AsSmallNumber();

    public static bool Has(this JsonElement json, string field) => json.TryGetProperty(field, out _);

    public static JsonElement? Block(this JsonElement json, string field) => json.Find(field).AsBlock();

    public static IEnumerable<JsonElement> Blocks(this JsonElement json, string field) => json.Find(field).AsBlocks();

    public static IEnumerable<string> Texts(this JsonElement json, string field) => json.Find(field).AsTexts();

    static JsonElement Find(this JsonElement json, string field) => json.TryGetProperty(field, out var value) ? value : default;

    static JsonElement.ArrayEnumerator AsItems(this JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;

    static long? WholeNumber(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
