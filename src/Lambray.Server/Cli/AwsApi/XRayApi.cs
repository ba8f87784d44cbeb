using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lambray.Tracing.Segments;
using Lambray.Tracing.TraceQuery;

namespace Lambray.Server.Cli.AwsApi;

/// <summary>The reads of X-Ray that the command line uses; each gives all pages of an answer, item by item as they came.</summary>
public sealed class XRayApi(AwsClient aws)
{
    /// <param name="filter">A filter expression; null for all traces.</param>
    /// <param name="byArrival">Whether the range is of when their segments came, not of when they began.</param>
    public Task<List<JsonElement>> GetTraceSummariesAsync(TimeRange range, string? filter, bool byArrival, CancellationToken cancellation)
    {
        var request = range.ToJson();
        if (filter is not null) request["FilterExpression"] = filter;
        if (byArrival) request["TimeRangeType"] = "Event";
        return ListAsync("/TraceSummaries", "TraceSummaries", request, cancellation);
    }

    /// <param name="group">A group's name; null for all traces.</param>
    public Task<List<JsonElement>> GetServiceGraphAsync(TimeRange range, string? group, CancellationToken cancellation)
    {
        var request = range.ToJson();
        if (group is not null) request["GroupName"] = group;
        return ListAsync("/ServiceGraph", "Services", request, cancellation);
    }

    /// <summary>The trace with this id, or null as long as none of its segments has come.</summary>
    public async Task<JsonElement?> FindTraceAsync(TraceId id, CancellationToken cancellation)
    {
        var traces = await ListAsync("/Traces", "Traces", new JsonObject { ["TraceIds"] = new JsonArray(id.ToString()) }, cancellation);
        return traces is [var trace, ..] ? trace : null;
    }

    /// <summary>An answer's item, typed.</summary>
    public static T Read<T>(JsonElement item, JsonTypeInfo<T> type) => item.Deserialize(type) ?? throw new JsonException("An item of the answer is null.");

    /// <summary>Puts a trace together from its documents.</summary>
    public static TraceTimeline Timeline(TraceId id, JsonElement trace)
    {
        var documents = Read(trace, AwsApiJson.Default.TraceItem).Segments.Select(segment => segment.ReadDocument());
        return TraceTimeline.Of(Trace.Merge(id, documents));
    }

    async Task<List<JsonElement>> ListAsync(string path, string member, JsonObject request, CancellationToken cancellation)
    {
        var items = new List<JsonElement>();
        while (true)
        {
            var page = await SendAsync(path, request, cancellation);
            if (page.TryGetProperty(member, out var found)) items.AddRange(found.EnumerateArray());
            if (!page.TryGetProperty("NextToken", out var token) || token.GetString() is not { Length: > 0 } next) return items;
            request["NextToken"] = next;
        }
    }

    async Task<JsonElement> SendAsync(string path, JsonObject request, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, AwsApiJson.Default.JsonObject);
        using var response = await aws.SendAsync(new AwsRequest("xray", HttpMethod.Post, path) { Body = body, ContentType = "application/json" }, cancellation);
        var answer = await response.Content.ReadFromJsonAsync(AwsApiJson.Default.JsonElement, cancellation);
        return answer.ValueKind == JsonValueKind.Object ? answer : throw new JsonException("The answer is no JSON object.");
    }
}
