using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>The operations of CloudWatch Logs that the command line uses.</summary>
public sealed class LogsApi(AwsClient aws)
{
    /// <summary>The events of a group, oldest first, page after page.</summary>
    /// <param name="filter">A filter pattern; null for all.</param>
    public async IAsyncEnumerable<JsonElement> FilterLogEventsAsync(
        string group, DateTimeOffset start, string? filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new JsonObject { ["logGroupName"] = group, ["startTime"] = start.ToUnixTimeMilliseconds() };
        if (filter is not null) request["filterPattern"] = filter;
        while (true)
        {
            var page = await SendAsync("FilterLogEvents", request, cancellation);
            foreach (var item in page.GetProperty("events").EnumerateArray()) yield return item;
            if (!page.TryGetProperty("nextToken", out var token) || token.GetString() is not { Length: > 0 } next) yield break;
            request["nextToken"] = next;
        }
    }

    public static LogEventItem Read(JsonElement item) =>
        item.Deserialize(AwsApiJson.Default.LogEventItem) ?? throw new JsonException("An event of the answer is null.");

    async Task<JsonElement> SendAsync(string operation, JsonObject body, CancellationToken cancellation)
    {
        var request = new AwsRequest("logs", HttpMethod.Post, "/")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(body, AwsApiJson.Default.JsonObject),
            ContentType = "application/x-amz-json-1.1",
            Headers = new Dictionary<string, string> { ["X-Amz-Target"] = $"Logs_20140328.{operation}" },
        };
        using var response = await aws.SendAsync(request, cancellation);
        var answer = await response.Content.ReadFromJsonAsync(AwsApiJson.Default.JsonElement, cancellation);
        return answer.ValueKind == JsonValueKind.Object ? answer : throw new JsonException("The answer is no JSON object.");
    }
}

/// <summary>A line of a log.</summary>
/// <param name="Timestamp">Unix milliseconds.</param>
public sealed record LogEventItem(
    [property: JsonPropertyName("eventId")] string EventId,
    [property: JsonPropertyName("timestamp")] long Timestamp,
    [property: JsonPropertyName("message")] string Message);
