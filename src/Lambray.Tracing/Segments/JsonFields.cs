using System.Globalization;
using System.Text.Json;

namespace Lambray.Tracing.Segments;

/// <summary>Reads optional fields of a JSON object; a field that is absent or of another type gives null.</summary>
static class JsonFields
{
    public static string? Text(this JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool? Flag(this JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    public static double? Number(this JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A whole number, also when it is written as text: the Node.js SDK copies <c>content_length</c> out of a header.</summary>
    public static long? WholeNumber(this JsonElement json, string field)
    {
        if (!json.TryGetProperty(field, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String => WholeNumber(value.GetString()),
            _ => null,
        };
    }

    public static int? SmallNumber(this JsonElement json, string field) =>
        json.WholeNumber(field) is { } number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static bool Has(this JsonElement json, string field) => json.TryGetProperty(field, out _);

    public static JsonElement? Block(this JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>The items of an array; none when the field is absent or something else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Blocks(this JsonElement json, string field) =>
        json.Items(field).Where(item => item.ValueKind == JsonValueKind.Object);

    public static IEnumerable<string> Texts(this JsonElement json, string field) =>
        json.Items(field).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    static long? WholeNumber(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
