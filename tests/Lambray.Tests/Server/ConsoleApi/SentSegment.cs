using System.Text.Json.Nodes;
using Lambray.Tracing.Segments;
using Xunit;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>A segment that an SDK would send by PutTraceSegments.</summary>
static class SentSegment
{
    /// <summary>Stores a trace of one segment, and returns its id.</summary>
    /// <param name="more">Fields beside the usual ones.</param>
    public static async Task<TraceId> SendAsync(HttpClient http, string name, DateTimeOffset start, double seconds, JsonObject? more = null)
    {
        var id = TraceId.New(start);
        var segment = new JsonObject
        {
            ["trace_id"] = id.ToString(),
            ["id"] = "70de5b6f19ff9a0a",
            ["name"] = name,
            ["start_time"] = Seconds(start),
            ["end_time"] = Seconds(start) + seconds,
        };
        foreach (var (field, value) in more ?? []) segment[field] = value?.DeepClone();
        var request = new JsonObject { ["TraceSegmentDocuments"] = new JsonArray(segment.ToJsonString()) };
        using var answer = await http.PostAsync("/TraceSegments", new StringContent(request.ToJsonString()), TestContext.Current.CancellationToken);
        Assert.Equal("""{"UnprocessedTraceSegments":[]}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return id;
    }

    /// <summary>Whole seconds, so that eighths of a second after them are exact in binary.</summary>
    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
