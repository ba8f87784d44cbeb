using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lambray.Resources.EventBridge.Delivery;

/// <summary>A place in an event: <c>$.detail.items[0].name</c>, <c>$['detail-type']</c>.</summary>
sealed partial class EventPath
{
    readonly IReadOnlyList<string> steps;

    EventPath(IReadOnlyList<string> steps) => this.steps = steps;

    /// <returns>Null for what is no path.</returns>
    public static EventPath? Find(string text)
    {
        if (PathRegex().Match(text) is not { Success: true } match) return null;
        return new EventPath([.. match.Groups["step"].Captures.Select(capture => capture.Value)]);
    }

    /// <summary>The value there; null when there is none.</summary>
    public JsonElement? Of(JsonElement json)
    {
        foreach (var step in steps)
        {
            if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty(step, out var member)) json = member;
            else if (json.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < json.GetArrayLength()) json = json[index];
            else return null;
        }
        return json;
    }

    [GeneratedRegex(@"^\$(\.(?<step>[^.\[\]'*\s]+)|\[(?<step>\d+)\]|\['(?<step>[^']+)'\])*\z")]
    private static partial Regex PathRegex();
}
