using Lambray.Aws;
using Lambray.Resources.EventBridge;

namespace Lambray.Server.AwsFront.EventBridge;

/// <summary>What EventBridge's operations share.</summary>
static class EventBridgeWire
{
    const int ItemsMax = 100;

    public static Task WriteNothingAsync(HttpContext http) => AwsJson.WriteAsync(http, new Nothing(), EventBridgeJson.Wire.Nothing);

    /// <summary>Some of a list in the order of their keys, and where the next begin.</summary>
    public static (IReadOnlyList<T> Items, string? Next) Page<T>(IEnumerable<T> all, Func<T, string> key, string? token, int? limit)
    {
        var count = Math.Clamp(limit ?? ItemsMax, 1, ItemsMax);
        var page = all.Where(item => string.CompareOrdinal(key(item), token ?? "") > 0).Take(count + 1).ToList();
        return ([.. page.Take(count)], page.Count > count ? key(page[count - 1]) : null);
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    public static string Required(string? value, string member) =>
        value ?? throw EventBridgeErrors.Validation($"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");

    public static AwsHome Home(HttpContext http) => AwsJson.Service<AwsHome>(http);

    public static EventBuses Buses(HttpContext http) => AwsJson.Service<EventBuses>(http);

    public static EventRules Rules(HttpContext http) => AwsJson.Service<EventRules>(http);
}

/// <summary>An answer that says nothing.</summary>
sealed record Nothing;
