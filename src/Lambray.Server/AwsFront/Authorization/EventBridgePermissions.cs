using System.Text.Json;
using Lambray.Aws;
using Lambray.Resources.EventBridge;

namespace Lambray.Server.AwsFront.Authorization;

/// <summary>Permissions of EventBridge's operations: the rule or bus that they name is the resource.</summary>
static class EventBridgePermissions
{
    public static IEnumerable<Permission> Of(HttpContext http, string operation, IReadOnlyDictionary<string, string> fields, AwsHome home)
    {
        var buses = http.RequestServices.GetRequiredService<EventBuses>();
        if (operation == "PutEvents") return BusesOf(http).Distinct().Select(bus => new Permission("events:PutEvents", BusArn(bus)));
        var rule = fields.GetValueOrDefault("Rule") ?? (operation.EndsWith("Rule", StringComparison.Ordinal) ? fields.GetValueOrDefault("Name") : null);
        var resource = rule is not null ? new EventRule(rule, buses.NameOf(fields.GetValueOrDefault("EventBusName"))).Arn(home).ToString()
            : operation.EndsWith("EventBus", StringComparison.Ordinal) ? BusArn(fields.GetValueOrDefault("Name"))
            : operation.EndsWith("Permission", StringComparison.Ordinal) ? BusArn(fields.GetValueOrDefault("EventBusName"))
            : fields.GetValueOrDefault("ResourceARN") ?? "*";
        return [new Permission($"events:{operation}", resource)];

        string BusArn(string? name) => home.Regional("events", $"event-bus/{buses.NameOf(name)}").ToString();
    }

    // Each entry names its own; without any, the operation says what is wrong.
    static IReadOnlyList<string?> BusesOf(HttpContext http)
    {
        if (http.Request.Body is not MemoryStream { Length: > 0 } body) return [null];
        try
        {
            using var json = JsonDocument.Parse(body.ToArray());
            return json.RootElement.TryGetProperty("Entries", out var entries) && entries.ValueKind == JsonValueKind.Array
                ? [.. entries.EnumerateArray().Select(entry => entry.TryGetProperty("EventBusName", out var name) ? name.GetString() : null)]
                : [null];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return [null];
        }
    }
}
