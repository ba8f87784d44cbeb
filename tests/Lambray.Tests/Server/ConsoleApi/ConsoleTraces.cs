using System.Text.Json;
using Lambray.Tests.Tracing;
using Lambray.Tracing.Segments;

namespace Lambray.Tests.Server.ConsoleApi;

/// <summary>Traces of the last minutes, sent to a server as an X-Ray SDK's daemon sends them.</summary>
static class ConsoleTraces
{
    /// <summary>Sends one segment as a trace of its own.</summary>
    public static async Task<TraceId> SendAsync(HttpClient http, TimeSpan age, Func<Segment, Segment> change)
    {
        var start = TimeProvider.System.GetUtcNow() - age;
        var id = TraceId.New(start);
        var seconds = (start - DateTimeOffset.UnixEpoch).TotalSeconds;
        var segment = TestSegments.Segment(trace: id) with { StartTime = new SegmentTime(seconds), EndTime = new SegmentTime(seconds + 0.25) };
        var document = SegmentDocument.Write(change(segment));
        using var answer = await http.PostAsync("/TraceSegments", new StringContent($$"""{"TraceSegmentDocuments":["{{JsonEncodedText.Encode(document)}}"]}"""));
        var unprocessed = JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).GetProperty("UnprocessedTraceSegments");
        return unprocessed.GetArrayLength() == 0 ? id : throw new InvalidDataException(unprocessed.GetRawText());
    }
}
