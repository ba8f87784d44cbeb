using System.Text.Json;
using Lambray.Resources.EventBridge;
using static Lambray.Server.AwsFront.EventBridge.EventBridgeWire;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>TestEventPattern: whether an event would fit a pattern.</summary>
static class TestEventPatternOperation
{
    static readonly string[] Needed = ["id", "account", "source", "time", "region", "resources", "detail-type"];

    public static async Task TestEventPattern(HttpContext http)
    {
        var asked = await AwsJson.ReadAsync(http, EventBridgeJson.Wire.TestPatternRequest);
        var pattern = EventRules.RequirePattern(Required(asked.EventPattern, "eventPattern"));
        await AwsJson.WriteAsync(http, new TestPatternAnswer(pattern.Fits(Read(Required(asked.Event, "event")))), EventBridgeJson.Wire.TestPatternAnswer);
    }

    static JsonElement Read(string text)
    {
        JsonElement happened;
        try
        {
            happened = JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw EventBridgeErrors.Validation("Parameter Event is not valid.");
        }
        if (happened.ValueKind != JsonValueKind.Object) throw EventBridgeErrors.Validation("Parameter Event is not valid.");
        foreach (var name in Needed)
            if (!happened.TryGetProperty(name, out _)) throw EventBridgeErrors.Validation($"Parameter Event is not valid. Reason: '{name}' is missing.");
        return happened;
    }
}

sealed record TestPatternRequest(string? EventPattern, string? Event);

sealed record TestPatternAnswer(bool Result);
